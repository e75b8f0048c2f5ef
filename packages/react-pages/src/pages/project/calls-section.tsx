import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { UsageViewState } from '@usage-kit/widgets';
import type { ReactElement } from 'react';
import { FilterDrawer } from '../../components/filter-drawer.js';
import { narrow } from '../../components/page-frame.js';
import { Section } from '../../components/section.js';
import type { PageText } from '../../texts/texts.js';
import { useTexts } from '../../texts/use-texts.js';
import { useView } from '../../url/use-view.js';
import { UsageCallHistory } from '../../wrappers/index.js';

/** What the call history of a page is of. */
export interface CallsSectionProps {
  appDid: string;
  /** Models to choose from, the most used first. */
  models: readonly string[];
}

const callsInUrl = { model: 'model', status: 'status', type: 'type', sort: 'sort', open: 'open' };

const statuses: Readonly<Record<string, PageText>> = {
  success: 'statusSuccess',
  failed: 'statusFailed',
  processing: 'statusProcessing',
};
const types: Readonly<Record<string, PageText>> = {
  chatCompletion: 'typeChatCompletion',
  embedding: 'typeEmbedding',
  imageGeneration: 'typeImageGeneration',
  audioGeneration: 'typeAudioGeneration',
  video: 'typeVideo',
  custom: 'typeCustom',
};
const filterNames = ['model', 'status', 'type'] as const;

const without = (view: UsageViewState, names: readonly string[]): UsageViewState =>
  Object.fromEntries(Object.entries(view).filter(([name]) => !names.includes(name)));

/** Where the drawer has the filters, the element hides its own. */
const section = { [narrow]: { '& ::part(filters)': { display: 'none' } } };

/** A project's calls; on a phone their filters are in a drawer. */
export function CallsSection({ appDid, models }: CallsSectionProps): ReactElement {
  const texts = useTexts();
  const [view, setView, binding] = useView(callsInUrl);
  const chosen = filterNames.filter((name) => view[name]);
  const choose = (name: string, value: string): void => {
    setView((before) => (value ? { ...before, [name]: value } : without(before, [name])));
  };
  const labelled = (labels: Readonly<Record<string, PageText>>): [string, string][] =>
    Object.entries(labels).map(([value, label]) => [value, texts[label]]);
  // A link may name a model that the range does not know.
  const known = [...new Set([...models, ...(view['model'] ? [view['model']] : [])])];
  const options = {
    model: known.map((model): [string, string] => [model, model]),
    status: labelled(statuses),
    type: labelled(types),
  };
  return (
    <Box sx={section}>
      <Section>
        <UsageCallHistory appDid={appDid} {...binding}>
          <FilterDrawer
            count={chosen.length}
            onReset={() => {
              setView((before) => without(before, filterNames));
            }}
          >
            {filterNames.map((name) => (
              <Choice
                key={name}
                label={texts[name]}
                value={view[name] ?? ''}
                options={options[name]}
                onChoose={(value) => {
                  choose(name, value);
                }}
              />
            ))}
          </FilterDrawer>
        </UsageCallHistory>
      </Section>
    </Box>
  );
}

interface ChoiceProps {
  label: string;
  /** Empty for all. */
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChoose: (value: string) => void;
}

/** One filter; a native choice, which every phone opens in its own way. */
function Choice({ label, value, options, onChoose }: ChoiceProps): ReactElement {
  const texts = useTexts();
  return (
    <TextField
      select
      fullWidth
      size="small"
      label={label}
      value={value}
      onChange={(event) => {
        onChoose(event.target.value);
      }}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      <option value="">{texts.all}</option>
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </TextField>
  );
}
