import type { ModelCallInput } from '@usage-kit/server-sdk/contract';
import { integer, logNormal, pareto, weighted } from './distributions.js';
import type { FailureReason, Failures } from './failures.js';
import { findModel, type DemoModel } from './models.js';
import type { DemoProject } from './profiles.js';
import type { Rng } from './rng.js';
import { WORKLOADS, type Workload } from './workloads.js';

/** How a call will have ended, whenever that is. */
interface Outcome {
  inputTokens: number;
  outputTokens: number;
  units: number;
  durationMs: number;
  ttfbMs: number | null;
  failure: FailureReason | null;
}

/** Who calls, when, and until when the world is known. */
export interface CallContext {
  userDid: string;
  project: DemoProject;
  id: string;
  startedAtMs: number;
  /** A call that has not ended by then is still `processing`. */
  nowMs: number;
}

const MAX_DURATION_MS = 240_000;
/** One call in 60 meets a cold start, a queue or a retry: the heavy tail above the log-normal body. */
const SLOW_SHARE = 1 / 60;

/**
 * Draws one call. Its outcome is drawn whole and only then hidden if it lies after `nowMs`, so that the same call, drawn
 * again later, is the one that has ended meanwhile.
 */
export function drawCall(rng: Rng, failures: Failures, context: CallContext): ModelCallInput {
  const workload = WORKLOADS[context.project.workload];
  const model = findModel(weighted<string>(rng, workload.models));
  const outcome = drawOutcome(rng, model, workload);
  outcome.failure = failures.draw(rng, model.provider, context.startedAtMs);
  if (outcome.failure) cutShort(rng, outcome, outcome.failure);
  return toInput(context, model, outcome, `tr_${toHex(rng)}${toHex(rng)}`);
}

function drawOutcome(rng: Rng, model: DemoModel, workload: Workload): Outcome {
  const tokens = model.inputPriceE8 > 0;
  const writes = model.type === 'chatCompletion';
  const inputTokens = tokens ? Math.ceil(logNormal(rng, workload.inputTokens, 0.75)) : 0;
  const outputTokens = writes ? Math.ceil(logNormal(rng, workload.outputTokens, 0.7)) : 0;
  const units = drawUnits(rng, model);
  const ttfbMs = logNormal(rng, model.ttfbMs, 0.35);
  const workMs = writes ? (outputTokens / model.speed) * 1000 : units * model.speed;
  const body = ttfbMs + workMs * logNormal(rng, 1, 0.22);
  const tail = rng() < SLOW_SHARE ? pareto(rng, 4_000, 1.5) : 0;
  return {
    inputTokens,
    outputTokens,
    units,
    durationMs: Math.min(MAX_DURATION_MS, Math.round(body + tail)),
    ttfbMs: Math.round(ttfbMs),
    failure: null,
  };
}

/** Images, seconds of speech or seconds of film. */
function drawUnits(rng: Rng, model: DemoModel): number {
  switch (model.type) {
    case 'imageGeneration':
      return weighted(rng, [
        [1, 80],
        [2, 14],
        [4, 6],
      ]);
    case 'audioGeneration':
      return Math.ceil(logNormal(rng, 14, 0.6));
    case 'video':
      return integer(rng, 4, 8);
    case 'chatCompletion':
    case 'embedding':
    case 'custom':
      return 0;
  }
}

/** A refused call produces and costs nothing; one that breaks off later was already paid for its prompt. */
function cutShort(rng: Rng, outcome: Outcome, failure: FailureReason): void {
  const [shortest, longest] = failure.durationMs;
  outcome.durationMs = integer(rng, shortest, longest);
  const started = outcome.ttfbMs !== null && outcome.durationMs > outcome.ttfbMs;
  outcome.ttfbMs = started ? outcome.ttfbMs : null;
  outcome.outputTokens = 0;
  outcome.units = 0;
  if (!started) outcome.inputTokens = 0;
}

function toInput(
  context: CallContext,
  model: DemoModel,
  outcome: Outcome,
  traceId: string,
): ModelCallInput {
  const call: ModelCallInput = {
    id: context.id,
    traceId,
    userDid: context.userDid,
    appDid: context.project.appDid,
    model: model.model,
    provider: model.provider,
    type: model.type,
    status: 'processing',
    startedAt: context.startedAtMs,
  };
  if (context.startedAtMs + outcome.durationMs > context.nowMs) return call;
  const priceE8 = computePriceE8(model, outcome);
  return {
    ...call,
    status: outcome.failure ? 'failed' : 'success',
    durationMs: outcome.durationMs,
    ttfbMs: outcome.ttfbMs,
    usage: toUsage(model, outcome),
    credits: formatUnits(priceE8, 8),
    // A credit is a cent: 1e-8 of one is 1e-10 dollars.
    cost: formatUnits(priceE8, 10),
    errorReason: outcome.failure?.text,
    metadata: outcome.failure ? { attempt: 1, region: drawRegion(context.project) } : undefined,
  };
}

function toUsage(model: DemoModel, outcome: Outcome): NonNullable<ModelCallInput['usage']> {
  if (model.unitPriceE8 > 0 && model.inputPriceE8 === 0) return { units: outcome.units };
  const { inputTokens, outputTokens } = outcome;
  if (model.type !== 'chatCompletion') return { inputTokens, outputTokens };
  return { inputTokens, outputTokens, cachedInputTokens: countCached(inputTokens) };
}

/**
 * What of a prompt was read from a cache: nothing of a short one, as providers do it, else up to 80 % in steps of 128.
 * Not drawn: another number from the generator would change every call after it.
 */
function countCached(inputTokens: number): number {
  if (inputTokens < 1_024) return 0;
  return Math.floor((inputTokens * (inputTokens % 9)) / 10 / 128) * 128;
}

/** Units of 1e-8 credits, which prices are whole numbers of, and so is their sum. */
function computePriceE8(model: DemoModel, outcome: Outcome): number {
  return (
    outcome.inputTokens * model.inputPriceE8 +
    outcome.outputTokens * model.outputPriceE8 +
    outcome.units * model.unitPriceE8
  );
}

/** Whole units as an exact decimal number. */
function formatUnits(units: number, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function drawRegion(project: DemoProject): string {
  if (project.utcOffsetHours > 4) return 'ap-east';
  return project.utcOffsetHours < 0 ? 'us-east' : 'eu-central';
}

function toHex(rng: Rng): string {
  return Math.floor(rng() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0');
}
