import { Ajv, type ValidateFunction } from 'ajv';
import type { ServerAddress } from './server.js';

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Content {
  content?: Record<string, { schema?: object }>;
}

export interface Operation {
  summary?: string;
  operationId?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content & { description?: string }>;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Partial<Record<string, Operation>>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

/** One operation and where it is. */
export interface Route {
  method: string;
  /** With parameters in braces: `/api/chats/{chatId}`. */
  path: string;
  operation: Operation;
}

export async function fetchDocument(server: ServerAddress): Promise<OpenApiDocument> {
  return (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenApiDocument;
}

export function routesOf(document: OpenApiDocument): Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}

/**
 * Checks answers against the document: their status is among the operation's, their body what it says, with no field that it
 * does not name.
 */
export class AnswerCheck {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();
  /** What was checked, as `get /api/chats 200`. */
  readonly seen = new Set<string>();

  constructor(private readonly document: OpenApiDocument) {
    const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [name, closed(schema)]);
    this.ajv.addSchema({ $id: 'api', components: { schemas: Object.fromEntries(schemas) as object } });
  }

  /** @returns what is wrong, nothing when all is well */
  check(method: string, path: string, status: number, contentType: string | null, body: unknown): string[] {
    const route = routesOf(this.document).find((one) => one.method === method && matches(one.path, path));
    if (route === undefined) return [`${method} ${path} is not documented`];
    const place = `${method} ${route.path} ${status}`;
    const response = route.operation.responses[String(status)];
    if (response === undefined) return [`${place} is not documented`];
    this.seen.add(place);
    const [documentedType, media] = Object.entries(response.content ?? {})[0] ?? [];
    if (documentedType === undefined) return body === undefined ? [] : [`${place} should have no body`];
    if (!contentType?.startsWith(documentedType)) return [`${place} is ${String(contentType)}, not ${documentedType}`];
    const validate = this.validatorOf(place, media?.schema ?? {});
    return validate(body) ? [] : [`${place}: ${this.ajv.errorsText(validate.errors)}`];
  }

  private validatorOf(place: string, schema: object): ValidateFunction {
    const known = this.validators.get(place);
    if (known !== undefined) return known;
    const made = this.ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object);
    this.validators.set(place, made);
    return made;
  }
}

/** Objects with named fields have no others, and OpenAPI 3.0's `nullable` beside a reference is understood. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const made = Object.fromEntries(entries) as { properties?: object; nullable?: boolean; allOf?: unknown[] };
  if (made.properties !== undefined && !('additionalProperties' in made)) {
    return { ...made, additionalProperties: false };
  }
  if (made.nullable === true && made.allOf !== undefined) return { anyOf: [{ type: 'null' }, { allOf: made.allOf }] };
  return made;
}

function matches(template: string, path: string): boolean {
  const pattern = template.replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}
