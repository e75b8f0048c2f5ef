import { createComponent } from '@lit/react';
import '@usage-kit/widgets/elements/usage-project-models';
import { UsageProjectModels as UsageProjectModelsElement } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** Which models a project called. */
export const UsageProjectModels = createComponent({
  react: React,
  tagName: UsageProjectModelsElement.tagName,
  elementClass: UsageProjectModelsElement,
  events: usageEvents,
  displayName: 'UsageProjectModels',
});
