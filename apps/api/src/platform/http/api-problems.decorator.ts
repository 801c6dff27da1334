import { ApiExtension } from '@nestjs/swagger';
import type { ProblemCode } from '@chatr/contracts';

/** Where the document keeps a route's problem codes until `createOpenApiDocument` writes them out as responses. */
export const PROBLEMS_EXTENSION = 'x-problems';

/**
 * Documents with which problems a route may answer, beside those that every route shares. An extension rather than
 * `@ApiResponse`, whose presence would make the Swagger plugin leave out the response it reads from the method's type.
 */
export function ApiProblems(...codes: ProblemCode[]): MethodDecorator & ClassDecorator {
  return ApiExtension(PROBLEMS_EXTENSION, codes);
}
