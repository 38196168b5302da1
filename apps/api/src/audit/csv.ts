/**
 * What a spreadsheet would take for a formula: behind blanks and controls, and in the full width of CJK keyboards, too.
 * Tab, carriage return and NUL alone are enough for some.
 */
const FORMULA = /^(?:[\t\r\0]|[\s\p{C}\p{Z}]*[=+\-@＝＋－＠])/u;

/** One cell, always quoted. What could be a formula begins with an apostrophe, which makes it text. */
export const cellOf = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** One line, with the line's end that RFC 4180 asks for. */
export const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;
