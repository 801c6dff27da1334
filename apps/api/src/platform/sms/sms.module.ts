import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { MailboxSmsSender } from '../mailbox/mailbox-sms-sender.js';
import { MailboxModule } from '../mailbox/mailbox.module.js';
import { BackgroundSmsSender } from './background-sms-sender.js';
import { NoSmsSender } from './no-sms-sender.js';
import { providerFor } from './providers.js';
import { SmsSender } from './sms-sender.js';

/** Text messages through the configured provider; without one into the development mailbox, and in production none. */
@Module({})
export class SmsModule {
  static with({ sms, production }: Config): DynamicModule {
    const imports: Type[] = sms === undefined && !production ? [MailboxModule] : [];
    return { module: SmsModule, global: true, imports, providers: [sender()], exports: [SmsSender] };

    function sender(): Provider {
      if (sms !== undefined) {
        return { provide: SmsSender, useFactory: () => new BackgroundSmsSender(providerFor(sms)) };
      }
      if (production) return { provide: SmsSender, useClass: NoSmsSender };
      return { provide: SmsSender, useExisting: MailboxSmsSender };
    }
  }
}
