import { getMetadataStorage, ValidationTypes } from 'class-validator';

type Condition = (object: object, value: unknown) => boolean;
type Check = (value: unknown, object: object) => boolean;

/** What is asked of one property. */
interface PropertyRules {
  conditions: Condition[];
  checks: Check[];
}

const compiled = new WeakMap<object, ReadonlyMap<string, PropertyRules> | undefined>();

/**
 * Whether an instance of a DTO is valid beyond doubt, by the same decorators and the same constraints as class-validator's own run,
 * which sorts through a DTO's metadata each time. `false` says no more than that class-validator has to be asked: it knows every
 * kind of rule, and what to say.
 */
export function isPlainlyValid(dto: new () => object, instance: object): boolean {
  if (!compiled.has(dto)) compiled.set(dto, compile(dto));
  const rules = compiled.get(dto);
  if (rules === undefined) return false;
  if (!Object.keys(instance).every((property) => rules.has(property))) return false;
  for (const [property, { conditions, checks }] of rules) {
    const value: unknown = Reflect.get(instance, property);
    if (!conditions.every((condition) => condition(instance, value))) continue;
    if (!checks.every((check) => check(value, instance))) return false;
  }
  return true;
}

/** The rules of each property; undefined where one is of a kind that only class-validator knows: of nested objects, of lists. */
function compile(dto: new () => object): ReadonlyMap<string, PropertyRules> | undefined {
  const storage = getMetadataStorage();
  const rules = new Map<string, PropertyRules>();
  for (const metadata of storage.getTargetValidationMetadatas(dto, '', false, false)) {
    const { propertyName: property, type, constraints, each, groups } = metadata;
    const own = rules.get(property) ?? { conditions: [], checks: [] };
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

/** The library's types promise a list; it leaves it out. */
function hasGroups(groups: readonly string[] | undefined): boolean {
  return groups !== undefined && groups.length > 0;
}
