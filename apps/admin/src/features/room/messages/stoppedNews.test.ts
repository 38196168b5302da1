import { describe, expect, it } from 'vitest';
import { nothingNew, stoppedNews } from './stoppedNews.ts';

const first = { messageId: 'm1', words: 'Not sent: closed.' };
const second = { messageId: 'm2', words: 'Not sent: closed.' };

describe('what is read out of messages that have stopped', () => {
  it('is what is new, and not the first again', () => {
    const opened = nothingNew([first]);
    expect(opened.words).toEqual([]);

    const told = stoppedNews(opened, [first, second]);
    expect(told.words).toEqual([second.words]);
    expect(told.number).toBe(1);
    expect(stoppedNews(told, [first, second])).toBe(told);
  });

  it('is each of several that stop at once', () => {
    expect(stoppedNews(nothingNew([]), [first, second]).words).toHaveLength(2);
  });

  it('is told anew of one that went again and stopped again', () => {
    const told = stoppedNews(nothingNew([]), [first]);
    const again = stoppedNews(stoppedNews(told, []), [first]);
    expect(again.words).toEqual([first.words]);
    expect(again.number).toBe(2);
  });
});
