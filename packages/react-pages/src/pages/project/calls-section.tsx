import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { readFilterValues, writeFilterValues, type UsageViewState } from '@usage-kit/widgets';
import { useState, type ReactElement } from 'react';
import { FilterDrawer } from '../../components/filter-drawer.js';
import { NARROW } from '../../components/page-frame.js';
import { Section } from '../../components/section.js';
import type { PageMessageKey } from '../../messages/messages.js';
import { useMessages } from '../../messages/use-messages.js';
import { useView } from '../../url/use-view.js';
import { UsageCallHistory } from '../../wrappers/index.js';

/** What the call history of a page is of. */
export interface CallsSectionProps {
  /** Its view state, see {@link useCallsView}. */
  view: CallsView;
  appDid: string;
  /** Models to choose from, the most used first. */
  models: readonly string[];
}

/** The view state of the call history, what changes it, and what binds the element to it. */
export type CallsView = ReturnType<typeof useView>;

const URL_PARAMETERS = {
  model: 'model',
  status: 'status',
  type: 'type',
  minDurationMs: 'minDurationMs',
  search: 'search',
  sort: 'sort',
  columns: 'columns',
  open: 'open',
};

const STATUSES: Readonly<Record<string, PageMessageKey>> = {
  success: 'statusSuccess',
  failed: 'statusFailed',
  processing: 'statusProcessing',
};
const TYPES: Readonly<Record<string, PageMessageKey>> = {
  chatCompletion: 'typeChatCompletion',
  embedding: 'typeEmbedding',
  imageGeneration: 'typeImageGeneration',
  audioGeneration: 'typeAudioGeneration',
  video: 'typeVideo',
  custom: 'typeCustom',
};
/** As the element has them, seconds. */
const MIN_DURATIONS_S = [1, 3, 10, 30, 60, 300];
/** Filters that take several values. */
const VALUE_NAMES = ['model', 'status', 'type'] as const;
const FILTER_NAMES = ['search', ...VALUE_NAMES, 'minDurationMs'] as const;

const omitFilters = (view: UsageViewState, names: readonly string[]): UsageViewState =>
  Object.fromEntries(Object.entries(view).filter(([name]) => !names.includes(name)));

type ViewValues = Record<(typeof VALUE_NAMES)[number], string[]>;

function readValues(view: UsageViewState): ViewValues {
  const read = (name: string): string[] => readFilterValues(view[name]);
  return { model: read('model'), status: read('status'), type: read('type') };
}

/** As the element counts: each value. */
function countValues(view: UsageViewState): number {
  const others = [view['search'], view['minDurationMs']].filter((value) => value);
  return Object.values(readValues(view)).flat().length + others.length;
}

/** Where the drawer has the filters, the element hides its own. */
const SECTION_STYLE = { [NARROW]: { '& ::part(filters)': { display: 'none' } } };

/** The view state of the call history, which other parts of the page change as well. */
export function useCallsView(): CallsView {
  return useView(URL_PARAMETERS);
}

/** Shows the calls that filters name, and takes the other filters away. */
export function showCalls([, setView]: CallsView, filters: UsageViewState): void {
  setView((before) => ({ ...omitFilters(before, FILTER_NAMES), ...filters }));
}

/** A project's calls; on a phone their filters are in a drawer. */
export function CallsSection({
  appDid,
  models,
  view: [view, setView, binding],
}: CallsSectionProps): ReactElement {
  const messages = useMessages();
  const values = readValues(view);
  const choose = (name: string, value: string): void => {
    setView((before) => (value ? { ...before, [name]: value } : omitFilters(before, [name])));
  };
  const labelled = (labels: Readonly<Record<string, PageMessageKey>>): [string, string][] =>
    Object.entries(labels).map(([value, label]) => [value, messages[label]]);
  // A link may name a model that the range does not know.
  const known = [...new Set([...models, ...values.model])];
  const options = {
    model: known.map((model): [string, string] => [model, model]),
    status: labelled(STATUSES),
    type: labelled(TYPES),
  };
  return (
    <Box sx={SECTION_STYLE}>
      <Section>
        <UsageCallHistory appDid={appDid} {...binding}>
          <FilterDrawer
            count={countValues(view)}
            onReset={() => {
              setView((before) => omitFilters(before, FILTER_NAMES));
            }}
          >
            <Search
              label={messages.search}
              value={view['search'] ?? ''}
              onSearch={(text) => {
                choose('search', text);
              }}
            />
            {VALUE_NAMES.map((name) => (
              <Choice
                key={name}
                label={messages[name]}
                value={values[name]}
                options={options[name]}
                onChoose={(next) => {
                  choose(name, writeFilterValues(next) ?? '');
                }}
              />
            ))}
            <Choice
              label={messages.minDurationMs}
              value={view['minDurationMs'] ?? ''}
              options={toDurationOptions(view['minDurationMs'], messages.seconds)}
              onChoose={([value = '']) => {
                choose('minDurationMs', value);
              }}
            />
          </FilterDrawer>
        </UsageCallHistory>
      </Section>
    </Box>
  );
}

/** Each as milliseconds with its label; a link may name another one. */
function toDurationOptions(chosen: string | undefined, unit: string): [string, string][] {
  const durations = new Set(MIN_DURATIONS_S.map((seconds) => seconds * 1000));
  if (Number(chosen) > 0) durations.add(Number(chosen));
  return [...durations]
    .sort((a, b) => a - b)
    .map((ms) => [String(ms), `≥ ${String(ms / 1000)}${unit}`]);
}

interface SearchProps {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Searches when it is left or Enter is pressed: each letter would be a request. */
function Search({ label, value, onSearch }: SearchProps): ReactElement {
  const [text, setText] = useState(value);
  const [before, setBefore] = useState(value);
  if (value !== before) {
    setBefore(value);
    setText(value);
  }
  const search = (): void => {
    if (text.trim() !== value) onSearch(text.trim());
  };
  return (
    <TextField
      fullWidth
      size="small"
      type="search"
      label={label}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onBlur={search}
      onKeyDown={(event) => {
        if (event.key === 'Enter') search();
      }}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { maxLength: 128 } }}
    />
  );
}

interface ChoiceProps {
  label: string;
  /** Empty for all; a list where several can be chosen. */
  value: string | string[];
  options: readonly (readonly [value: string, label: string])[];
  onChoose: (values: string[]) => void;
}

/** One filter; a native choice, which every phone opens in its own way. */
function Choice({ label, value, options, onChoose }: ChoiceProps): ReactElement {
  const messages = useMessages();
  const multiple = Array.isArray(value);
  const choose = ({ target }: { target: EventTarget }): void => {
    const { selectedOptions } = target as HTMLSelectElement;
    onChoose([...selectedOptions].map((option) => option.value));
  };
  return (
    <TextField
      select
      fullWidth
      size="small"
      label={label}
      value={value}
      onChange={choose}
      slotProps={{ select: { native: true, multiple }, inputLabel: { shrink: true } }}
    >
      {multiple ? null : <option value="">{messages.all}</option>}
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </TextField>
  );
}
