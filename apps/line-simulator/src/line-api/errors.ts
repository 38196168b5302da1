/** An answer in LINE's error format. */
export class LineError extends Error {
  readonly status: number;
  readonly details: LineErrorDetail[];
  /** Further properties of the answer's body, and headers. Only the 409 has any. */
  readonly extra: { body?: object; headers?: Record<string, string> };

  constructor(status: number, message: string, details: LineErrorDetail[] = [], extra: LineError['extra'] = {}) {
    super(message);
    this.status = status;
    this.details = details;
    this.extra = extra;
  }

  get body(): object {
    return { message: this.message, ...(this.details.length > 0 && { details: this.details }), ...this.extra.body };
  }
}

export type LineErrorDetail = { message: string; property: string };

export const RATE_LIMIT_MESSAGE = 'The API rate limit has been exceeded. Try again later.';
export const MONTHLY_LIMIT_MESSAGE = 'You have reached your monthly limit.';
const AUTHENTICATION_FAILED =
  'Authentication failed. Confirm that the access token in the authorization header is valid.';

/** What LINE says with a status, when nothing more exact is known. */
export function usualMessage(status: number): string {
  switch (status) {
    case 401:
      return AUTHENTICATION_FAILED;
    case 403:
      return 'Access to this API is not available for your account';
    case 404:
      return 'Not found';
    case 429:
      return RATE_LIMIT_MESSAGE;
    default:
      return status >= 500 ? 'Internal server error' : 'Bad request';
  }
}

export const authenticationFailed = () => new LineError(401, AUTHENTICATION_FAILED);
export const invalidProperty = (name: string) =>
  new LineError(400, `The property, '${name}', in the request body is invalid (line: -, column: -)`);
export const invalidBody = (details: LineErrorDetail[]) =>
  new LineError(400, `The request body has ${details.length} error(s)`, details);
