import express, { type Express, type RequestHandler } from 'express';
import { receiveLiteLLM, receiveOtlp, type Usage } from '@usage-kit/server-sdk';

/** Receives calls that other programs report, behind your own check of who they are. */
export function createIngest(usage: Usage, check: RequestHandler): Express {
  return express()
    .post('/v1/traces', check, receiveOtlp(usage.calls, { userAttribute: 'user.id' }).callback)
    .post('/litellm', check, receiveLiteLLM(usage.calls).callback);
}
