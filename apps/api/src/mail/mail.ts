import { createTransport } from 'nodemailer';

/** A mail of plain text. */
export type Letter = { to: string; subject: string; text: string };

/** Hands letters to the mail server. */
export type Mail = { send: (letter: Letter) => Promise<void> };

/** Nobody waits longer for a mail server that does not answer. */
const ANSWERS_WITHIN_MS = 10_000;

/** Mail over SMTP: `smtp://user:password@host:587`, or `smtps://` for TLS from the beginning. */
export function createMail({ smtpUrl, from }: { smtpUrl: string; from: string }): Mail {
  const timeouts = {
    connectionTimeout: ANSWERS_WITHIN_MS,
    greetingTimeout: ANSWERS_WITHIN_MS,
    socketTimeout: ANSWERS_WITHIN_MS,
  };
  const transport = createTransport({ url: smtpUrl, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
  };
}
