import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** Metadata key that the access token guard looks for. */
export const PUBLIC = 'chatr:public';
export const PUBLIC_EXTENSION = 'x-public';

/** Marks a route that answers without an access token. Every other route needs one. */
export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(PUBLIC, true), ApiExtension(PUBLIC_EXTENSION, true));
}
