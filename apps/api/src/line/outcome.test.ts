import { describe, expect, it } from 'vitest';
import { outcomeOfAnswer, outcomeOfSilence } from './outcome.ts';

const words = (message: string) => JSON.stringify({ message });

describe('Delivery (DE)', () => {
  it.each([
    [200, '{"sentMessages":[{"id":"461230966842064897","quoteToken":"q"}]}', '461230966842064897'],
    [409, '{"message":"The retry key is already accepted","sentMessages":[{"id":"5"}]}', '5'],
    [200, '{}', null],
    [409, 'not JSON', null],
  ])('[DE2] %i is success, with the id LINE gives', (status, body, lineMessageId) => {
    expect(outcomeOfAnswer(status, body)).toEqual({ taken: true, lineMessageId });
  });

  it.each([500, 502, 503])('[DE9] %i may have been taken and is asked again', (status) => {
    const outcome = outcomeOfAnswer(status, '<html>Bad Gateway</html>');

    expect(outcome).toEqual({
      taken: false,
      again: true,
      failure: { status, message: `HTTP ${status}`, certain: false },
    });
  });

  it.each([400, 401, 403, 404, 413])('[DE5] %i was not taken and never will be', (status) => {
    const outcome = outcomeOfAnswer(status, words('The reason'));

    expect(outcome).toEqual({ taken: false, again: false, failure: { status, message: 'The reason', certain: true } });
  });

  it.each([
    ['The API rate limit has been exceeded. Try again later.', true],
    ['You have reached your monthly limit.', false],
    ['Something new', true],
  ])('[DE5] 429 "%s": asking again helps is %s', (message, again) => {
    expect(outcomeOfAnswer(429, words(message))).toMatchObject({ taken: false, again });
  });

  it("[DE5] tells LINE's own reason with the property that is wrong", () => {
    const body =
      '{"message":"The request body has 1 error(s)","details":[{"message":"May not be empty","property":"messages[0].text"}]}';

    expect(outcomeOfAnswer(400, body)).toMatchObject({
      failure: { message: 'The request body has 1 error(s) · messages[0].text: May not be empty' },
    });
  });

  it.each([
    ['ECONNREFUSED', true],
    ['ENOTFOUND', true],
    ['ECONNRESET', false],
    ['UND_ERR_HEADERS_TIMEOUT', false],
  ])('[DE9] after %s it is certain that LINE has nothing: %s', (code, certain) => {
    const outcome = outcomeOfSilence(Object.assign(new TypeError('fetch failed'), { cause: { code } }));

    expect(outcome).toMatchObject({ again: true, failure: { status: null, message: code, certain } });
  });

  it('[DE9] a time-out is not certain', () => {
    const outcome = outcomeOfSilence(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));

    expect(outcome).toEqual({
      taken: false,
      again: true,
      failure: { status: null, message: 'TimeoutError', certain: false },
    });
  });
});
