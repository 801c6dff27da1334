import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { type Language, preferredLanguage } from '../language/languages.js';

/** The best of our languages for whoever asks, by what their browser says. */
export const PreferredLanguage = createParamDecorator((_data: unknown, context: ExecutionContext): Language =>
  preferredLanguage(context.switchToHttp().getRequest<Request>().get('accept-language')),
);
