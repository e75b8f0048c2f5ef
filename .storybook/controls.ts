import type { ArgTypes, Args } from '@storybook/web-components-vite';
import type { Amounts } from '@usage-kit/widgets';
import type {
  ProjectTrendGrouping,
  TrendGrouping,
} from '../packages/server-sdk/src/contract/index.js';
import type { Declaration, Manifest } from '../packages/widgets/scripts/lib/describe-manifest.mjs';
import { METRICS } from '../packages/widgets/src/view-models/figure.js';

type ArgType = ArgTypes[string];

const GROUPINGS: readonly TrendGrouping[] = ['model', 'provider', 'type', 'project'];
const PROJECT_GROUPINGS: readonly ProjectTrendGrouping[] = ['model', 'provider', 'type'];
const AMOUNTS: readonly Amounts[] = ['credits', 'money'];

/** Words that a property of a type takes; the manifest has the name of the type only. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  Amounts: AMOUNTS,
  Metric: METRICS,
  TrendGrouping: GROUPINGS,
  ProjectTrendGrouping: PROJECT_GROUPINGS,
};

/** Functions and objects with methods, which only code can set. */
const CODE_ONLY = ['GetToken', 'UsageClient', 'UsageStore'];

/** A control for every property, slot and custom property of an element; events and parts are listed. */
export function toArgTypes(manifest: Manifest, tagName: string): ArgTypes | null {
  const element = manifest.modules
    .flatMap(({ declarations }) => declarations)
    .find((declaration) => declaration.tagName === tagName);
  if (element === undefined) return null;
  const argTypes: ArgTypes = {};
  for (const member of listProperties(element)) {
    const type = member.type?.text ?? '';
    const attribute = member.attribute === undefined ? '' : ` Attribute \`${member.attribute}\`.`;
    argTypes[member.name] = {
      name: member.name,
      description: `${member.description ?? ''}${attribute}`,
      table: {
        category: 'properties',
        type: { summary: type },
        ...(member.default !== undefined && { defaultValue: { summary: member.default } }),
      },
      ...toControl(type),
    };
  }
  argTypes['theme'] = {
    name: 'theme',
    description: 'Attribute: a scheme for this element in place of the page’s.',
    control: { type: 'select' },
    options: ['light', 'dark'],
    table: { category: 'properties' },
  };
  addAll(argTypes, 'slots', element.slots, () => ({ control: { type: 'text' } }));
  addAll(argTypes, 'custom properties', element.cssProperties, (name) => ({
    control: { type: name.startsWith('--usage-color-') ? 'color' : 'text' },
  }));
  addAll(argTypes, 'events', element.events, () => ({ control: { disable: true } }));
  addAll(argTypes, 'parts', element.cssParts, () => ({ control: { disable: true } }));
  return argTypes;
}

/** Fields that a page sets: not what only a getter gives. */
function listProperties({ members = [] }: Declaration): NonNullable<Declaration['members']> {
  return members.filter(({ kind, readonly }) => kind === 'field' && readonly !== true);
}

function toControl(text: string): ArgType {
  const type = text.replace(' | undefined', '');
  const options = OPTIONS[type];
  if (options !== undefined) return { control: { type: 'select' }, options: [...options] };
  if (CODE_ONLY.includes(type)) return { control: { disable: true } };
  if (type === 'boolean' || type === 'number') return { control: { type } };
  return { control: { type: type === 'string' ? 'text' : 'object' } };
}

/** What the controls of an element show before a person has set one: the defaults of its properties. */
export function toDefaultArgs(argTypes: Readonly<Record<string, ArgType>>): Args {
  const known = Object.entries(argTypes).flatMap(([name, { table }]) => {
    const text = table?.defaultValue?.summary ?? '';
    return table?.category === 'properties' ? [[name, readDefault(text)] as const] : [];
  });
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

/** A default as the source has it: `false`, `10_000`, `'calls'`; `undefined` for any other. */
function readDefault(text: string): boolean | number | string | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d[\d_]*$/.test(text)) return Number(text.replaceAll('_', ''));
  return /^'(.+)'$/.exec(text)?.[1];
}

function addAll(
  argTypes: ArgTypes,
  category: string,
  list: { name: string; description?: string }[] = [],
  toMore: (name: string) => ArgType,
): void {
  for (const { name, description = '' } of list) {
    const table = { category };
    argTypes[`${category} ${name}`] = { name, description, table, ...toMore(name) };
  }
}

/** What elements had before a control changed it, so that a control that is reset gives it back. */
const before = new WeakMap<Element, Map<string, unknown>>();

/** Sets on an element what the controls say; what they leave alone stays as the story has it. */
export function applyArgs(element: Element, args: Args, initialArgs: Args): void {
  const known = before.get(element) ?? new Map<string, unknown>();
  before.set(element, known);
  for (const name of new Set([...Object.keys(args), ...known.keys()])) {
    const isChanged = args[name] !== undefined && args[name] !== initialArgs[name];
    if (!isChanged && !known.has(name)) continue;
    if (!known.has(name)) known.set(name, readArg(element, name));
    writeArg(element, name, isChanged ? args[name] : known.get(name));
  }
}

/** An argument is named `slots title`, `custom properties --usage-…`, or as the property. */
function split(arg: string): { category: string; name: string } {
  const [, category = '', name = arg] = /^(slots|custom properties) (.+)$/.exec(arg) ?? [];
  return { category, name };
}

function readArg(element: Element, arg: string): unknown {
  const { category, name } = split(arg);
  if (category !== '') return undefined;
  return name === 'theme' ? element.getAttribute(name) : Reflect.get(element, name);
}

function writeArg(element: Element, arg: string, value: unknown): void {
  const { category, name } = split(arg);
  const text = typeof value === 'string' ? value : '';
  if (category === 'slots') writeSlot(element, name, text);
  else if (category !== '') (element as HTMLElement).style.setProperty(name, text || null);
  else if (name === 'theme') element.toggleAttribute(name, false);
  else Reflect.set(element, name, value);
  if (name === 'theme' && text !== '') element.setAttribute(name, text);
}

function writeSlot(element: Element, name: string, text: string): void {
  const selector = `:scope > [slot="${name}"][data-control]`;
  const known = element.querySelector(selector);
  if (text === '') return known?.remove();
  const node = known ?? document.createElement('span');
  node.slot = name;
  node.setAttribute('data-control', '');
  node.textContent = text;
  if (known === null) element.append(node);
}
