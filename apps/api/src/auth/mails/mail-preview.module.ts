import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../../platform/index.js';
import { MailPreviewController } from './mail-preview.controller.js';

/** The preview of mails, outside production. */
@Module({})
export class MailPreviewModule {
  static with({ production }: Config): DynamicModule {
    return { module: MailPreviewModule, controllers: production ? [] : [MailPreviewController] };
  }
}
