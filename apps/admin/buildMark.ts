import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Writes into the page which build it is of, so that an open one knows when the server has another. */
export function buildMark(): Plugin {
  return {
    name: 'build-mark',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      // The names of the files carry the hashes of what is in them.
      handler: (html, { bundle }) => {
        const files = Object.keys(bundle ?? {}).toSorted();
        const content = createHash('sha256')
          .update([html, ...files].join('\n'))
          .digest('hex')
          .slice(0, 12);
        return [{ tag: 'meta', attrs: { name: 'sala-build', content }, injectTo: 'head' }];
      },
    },
  };
}
