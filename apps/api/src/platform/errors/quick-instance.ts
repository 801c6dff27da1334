import { type TransformFnParams, TransformationType } from 'class-transformer';
import { defaultMetadataStorage as transformations } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

type Condition = (object: object, value: unknown) => boolean;
type Check = (value: unknown, object: object) => boolean;
type Transform = (params: TransformFnParams) => unknown;

/** What is done with one property, and asked of it. */
interface PropertyRules {
  transforms: Transform[];
  conditions: Condition[];
  checks: Check[];
}

const compiled = new WeakMap<object, ReadonlyMap<string, PropertyRules> | undefined>();

/**
 * Makes an instance of a DTO, when it is valid beyond doubt, by the same decorators and the same functions as class-transformer and
 * class-validator, which sort through a DTO's metadata each time. `undefined` says no more than that those have to be asked: they
 * know every kind of rule, and what to say.
 */
export function quickInstance<T extends object>(dto: new () => T, draft: object): T | undefined {
  if (!compiled.has(dto)) compiled.set(dto, compile(dto));
  const rules = compiled.get(dto);
  if (rules === undefined) return undefined;
  const instance = new dto();
  for (const [key, value] of Object.entries(draft) as [string, unknown][]) {
    const transforms = rules.get(key)?.transforms;
    if (transforms === undefined || typeof value === 'object' || typeof value === 'function') return undefined;
    Reflect.set(instance, key, transforms.length === 0 ? value : transformed(value, key, draft, transforms));
  }
  return isValid(instance, rules) ? instance : undefined;
}

function transformed(value: unknown, key: string, obj: object, transforms: readonly Transform[]): unknown {
  const type = TransformationType.PLAIN_TO_CLASS;
  return transforms.reduce((result, transform) => transform({ value: result, key, obj, type, options: {} }), value);
}

function isValid(instance: object, rules: ReadonlyMap<string, PropertyRules>): boolean {
  for (const [property, { conditions, checks }] of rules) {
    const value: unknown = Reflect.get(instance, property);
    if (!conditions.every((condition) => condition(instance, value))) continue;
    if (!checks.every((check) => check(value, instance))) return false;
  }
  return true;
}

/** The rules of each property; undefined where one is of a kind that only the libraries know: of nested objects, of lists, of conversions. */
function compile(dto: new () => object): ReadonlyMap<string, PropertyRules> | undefined {
  const storage = getMetadataStorage();
  const rules = new Map<string, PropertyRules>();
  if (transformations.getStrategy(dto) !== 'none') return undefined;
  for (const metadata of storage.getTargetValidationMetadatas(dto, '', false, false)) {
    const { propertyName: property, type, constraints, each, groups } = metadata;
    const own = rules.get(property) ?? { transforms: transformsOf(dto, property), conditions: [], checks: [] };
    // The library's types promise what it does not always have.
    if ((transformations.findTypeMetadata(dto, property) as object | undefined) !== undefined) return undefined;
    rules.set(property, own);
    if (type === ValidationTypes.WHITELIST) continue;
    if (each || hasGroups(groups)) return undefined;
    if (type === ValidationTypes.CONDITIONAL_VALIDATION) {
      own.conditions.push(constraints[0] as Condition);
    } else if (type === ValidationTypes.CUSTOM_VALIDATION) {
      for (const { instance, async } of storage.getTargetValidatorConstraints(metadata.constraintCls)) {
        if (async) return undefined;
        own.checks.push(
          (value, object) =>
            instance.validate(value, { value, object, property, constraints, targetName: dto.name }) === true,
        );
      }
    } else return undefined;
  }
  return rules;
}

function transformsOf(dto: new () => object, property: string): Transform[] {
  return transformations
    .findTransformMetadatas(dto, property, TransformationType.PLAIN_TO_CLASS)
    .map(({ transformFn }) => transformFn);
}

/** The library's types promise a list; it leaves it out. */
function hasGroups(groups: readonly string[] | undefined): boolean {
  return groups !== undefined && groups.length > 0;
}
