import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pause } from '../pause.ts';
import type { Platform } from '../platform.ts';
import type { Endpoint } from '../wire-log.ts';
import { authenticationFailed, LineError, usualMessage } from './errors.ts';
import { requestRecord } from './wire-record.ts';

const endpointOf = ({ routeOptions }: FastifyRequest): Endpoint => routeOptions.config.endpoint ?? 'other';

/** Every failure leaves in LINE's format. */
export function answerErrors(api: FastifyInstance): void {
  api.setErrorHandler<FastifyError | LineError>((error, _, reply) => {
    const failure = error instanceof LineError ? error : asLineError(error);
    return reply
      .code(failure.status)
      .headers(failure.extra.headers ?? {})
      .send(failure.body);
  });
}

function asLineError({ statusCode = 500 }: FastifyError): LineError {
  if (statusCode === 413) return new LineError(413, 'Request Entity Too Large');
  return new LineError(statusCode, usualMessage(statusCode));
}

/** Who calls is settled first, before anything in the request is looked at. */
export function requireToken(api: FastifyInstance, platform: Platform): void {
  api.decorateRequest('channel', null);
  api.decorateRequest('startedAt', 0);
  api.addHook('onRequest', async (request, reply) => {
    request.startedAt = platform.clock();
    reply.header('x-line-request-id', request.id);
    if (platform.weather.now.cutLine) return hangUp(platform, request, reply, 'the line is cut');
    if (endpointOf(request) === 'other') return;
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    request.channel = platform.channels.withAccessToken(token) ?? null;
    if (!request.channel) throw authenticationFailed();
  });
}

/** Faults that keep a request from having an effect come before the handler, `acceptThenDrop` after it. */
export function meetFaults(api: FastifyInstance, platform: Platform): void {
  const { faults, lifetime } = platform;

  api.addHook('preHandler', async (request, reply) => {
    const fault = faults.meet(endpointOf(request), ['fail', 'hang']);
    if (fault?.kind === 'hang') {
      record(platform, request, { status: 0, note: 'left hanging', response: null });
      return reply.hijack();
    }
    if (fault?.kind === 'fail') {
      await pause(fault.delayMs, lifetime);
      const { message, status } = fault;
      if (status === 502) return reply.code(502).type('text/html').send(`<html><h1>${status} Bad Gateway</h1></html>`);
      return reply.code(status).send({ message: message ?? usualMessage(status) });
    }
  });

  api.addHook('onSend', async (request, reply, payload) => {
    // A 409 says "accepted" too: whoever wants the answers lost loses that one as well.
    if (reply.statusCode >= 300 && reply.statusCode !== 409) return payload;
    const fault = faults.meet(endpointOf(request), ['acceptThenDrop']);
    if (!fault) return payload;
    if (fault.answer === 500) {
      reply.code(500).type('application/json; charset=utf-8').removeHeader('content-length');
      return JSON.stringify({ message: usualMessage(500) });
    }
    if (fault.answer === 'stall') {
      reply.header('content-encoding', 'gzip').removeHeader('content-length');
      return withoutEnd(gzipSync(String(payload)));
    }
    hangUp(platform, request, reply, 'accepted, then cut off');
    return payload;
  });
}

/** The last word on every request that was answered. */
export function recordOnTheWire(api: FastifyInstance, platform: Platform): void {
  api.addHook('onSend', async (request, reply, payload) => {
    if (request.raw.socket.destroyed) return payload; // noted when it was cut off
    const isWhole = !(payload instanceof Readable);
    const note = isWhole ? null : 'accepted, then stalled';
    record(platform, request, { status: reply.statusCode, note, response: isWhole ? payload : null });
    return payload;
  });
}

/** The first half of these bytes, and then nothing more. */
function withoutEnd(bytes: Buffer): Readable {
  const stream = new Readable({ read: () => {} });
  stream.push(bytes.subarray(0, bytes.length / 2));
  return stream;
}

function hangUp(platform: Platform, request: FastifyRequest, reply: FastifyReply, note: string): void {
  record(platform, request, { status: 0, note, response: null });
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}

function record(
  platform: Platform,
  request: FastifyRequest,
  outcome: { status: number; note: string | null; response: unknown },
): void {
  platform.wire.record(requestRecord(request, endpointOf(request), { ...outcome, now: platform.clock() }));
}
