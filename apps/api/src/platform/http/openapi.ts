import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROBLEMS, type ProblemCode } from '@chatr/contracts';
import { ProblemDto } from '../errors/problem.dto.js';
import { PROBLEMS_EXTENSION } from './api-problems.decorator.js';
import { PUBLIC_EXTENSION } from './public.decorator.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const BEARER = 'accessToken';

/** What any route may answer, whoever asks. */
const SHARED_PROBLEMS: readonly ProblemCode[] = ['rate_limited', 'internal_error', 'unavailable'];
/** What any route that wants an access token may answer. */
const PROTECTED_PROBLEMS: readonly ProblemCode[] = [
  'unauthenticated',
  'token_expired',
  'session_ended',
  'account_suspended',
];
/** What any route with a body or parameters may answer. */
const INPUT_PROBLEMS: readonly ProblemCode[] = ['validation_failed'];
const BODY_PROBLEMS: readonly ProblemCode[] = ['malformed_json', 'payload_too_large', 'unsupported_media_type'];

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & {
  [PROBLEMS_EXTENSION]?: ProblemCode[];
  [PUBLIC_EXTENSION]?: boolean;
};

export interface OpenApiOptions {
  version: string;
  /** DTOs of socket events and the like, which no route mentions. */
  extraModels: (abstract new () => object)[];
  /** Loads what the Swagger plugin read from the sources. */
  metadata: () => Promise<Record<string, unknown>>;
}

/** The OpenAPI document of the running routes, with each operation's problems written out. */
export async function createOpenApiDocument(app: INestApplication, options: OpenApiOptions): Promise<OpenAPIObject> {
  await SwaggerModule.loadPluginMetadata(options.metadata);
  const base = new DocumentBuilder()
    .setTitle('Chatr')
    .setDescription(
      'The REST API of Chatr. Socket events are described in the documentation; their payloads are among the schemas.',
    )
    .setVersion(options.version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER)
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    extraModels: [ProblemDto, ...options.extraModels],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation === undefined) continue;
      describeSecurity(operation);
      describeProblems(operation);
    }
  }
  return document;
}

function describeSecurity(operation: Operation): void {
  if (!operation[PUBLIC_EXTENSION]) operation.security = [{ [BEARER]: [] }];
  Reflect.deleteProperty(operation, PUBLIC_EXTENSION);
}

function describeProblems(operation: Operation): void {
  const isPublic = operation.security === undefined;
  const codes = new Set<ProblemCode>([
    ...(operation.parameters?.length || operation.requestBody ? INPUT_PROBLEMS : []),
    ...(operation.requestBody ? BODY_PROBLEMS : []),
    ...(isPublic ? [] : PROTECTED_PROBLEMS),
    ...(operation[PROBLEMS_EXTENSION] ?? []),
    ...SHARED_PROBLEMS,
  ]);
  Reflect.deleteProperty(operation, PROBLEMS_EXTENSION);
  for (const [status, group] of Map.groupBy(codes, (code) => PROBLEMS[code].status)) {
    operation.responses[status] = {
      description: group.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
      content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${ProblemDto.name}` } } },
    };
  }
}
