/** The simulator refused a control request; the message is its reason. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type ControlHttp = {
  get: <T>(path: string) => Promise<T>;
  send: <T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<T>;
};

/** Speaks JSON with a simulator's /_sim. Rejects with `ControlError` for anything but 2xx. */
export function controlHttp(url: string): ControlHttp {
  const base = `${url.replace(/\/+$/, '')}/_sim`;

  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { message?: string; issues?: unknown };
    if (response.ok) return answer;
    const issues = answer.issues ? ` ${JSON.stringify(answer.issues)}` : '';
    throw new ControlError(response.status, `${method} ${path}: ${answer.message ?? response.status}${issues}`);
  }

  return { get: (path) => ask('GET', path), send: ask };
}
