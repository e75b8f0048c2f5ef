import 'reflect-metadata';
import { Controller, Get, Module, Req, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import compression from 'compression';
import type { Request } from 'express';
import helmet from 'helmet';
import type { Authenticate, Usage } from '@usage-kit/server-sdk';
import { userOf } from './sign-in.js';

/** For `createUsage`: your own sign-in left the user on the request. */
export const authenticate: Authenticate = (request) => {
  const { user } = request as Request & { user?: string | null };
  return user ? { userDid: user } : null;
};

@Controller()
class HostController {
  @Get('{*path}')
  hello(@Req() request: Request): string {
    return `the host: ${request.path}`;
  }
}

@Module({ controllers: [HostController] })
class HostModule {}

/** Your application: what it has anyway, and one line for the endpoints. */
export async function createHost(usage: Usage, prefix = '/'): Promise<INestApplication> {
  const app = await NestFactory.create(HostModule, { logger: false });
  app.use(helmet(), compression());
  app.use((request: Request, _response: unknown, next: () => void) => {
    Object.assign(request, { user: userOf(request.headers) });
    next();
  });
  app.use(prefix, usage.callback());
  return app;
}
