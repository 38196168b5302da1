import { describe, expect, it } from 'vitest';
import { isSigned } from './signature.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const BODY = Buffer.from('{"destination":"U00000000000000000000000000000001","events":[]}');
const SIGNATURE = 'YQU0voYIh8lUA1XaYoIEZg9trJlhjyu9qVt6HqVvWf4=';
const SPACED = Buffer.from('{ "destination" : "U00000000000000000000000000000001" ,\n  "events" : [ ] }\n');
const SPACED_SIGNATURE = 'O3y9hbTvMg0Ve4QLcxM32lmMlgnflf5paML+5hkmsJs=';

describe('Webhook (WH)', () => {
  it.each([
    ['compact', BODY, SIGNATURE],
    ['spaced', SPACED, SPACED_SIGNATURE],
  ])('[WH6] a %s body is signed over its own bytes', (_what, body, signature) => {
    expect(isSigned(body, signature, SECRET)).toBe(true);
  });

  it.each([
    ['of another body', SPACED_SIGNATURE],
    ['that is missing', undefined],
    ['without its padding', SIGNATURE.slice(0, -1)],
    ['with a space before it', ` ${SIGNATURE}`],
    ['joined from two headers', `${SIGNATURE}, ${SIGNATURE}`],
    ['given twice', [SIGNATURE, SIGNATURE]],
    ['that is empty', ''],
  ])('[WH1] refuses a signature %s', (_what, signature) => {
    expect(isSigned(BODY, signature, SECRET)).toBe(false);
  });

  it('[WH1] refuses a right signature in the url-safe alphabet', () => {
    expect(isSigned(SPACED, SPACED_SIGNATURE.replace('+', '-'), SECRET)).toBe(false);
  });

  it('[WH1] refuses the signature of another channel', () => {
    expect(isSigned(BODY, SIGNATURE, 'another secret')).toBe(false);
  });
});
