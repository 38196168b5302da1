import type { Finding } from './account.ts';
import { type Leaks, megabytes } from './scenarios/leaks.scenario.ts';
import type { Fault, Report } from './play.ts';

/** How many findings are shown: the first tell what went wrong, the rest how much. */
const SHOWN = 25;

export function print({ title, faults, findings, ...report }: Report): void {
  const lines = [
    `${findings.length === 0 ? '✓' : '✗'} ${title}: ${seconds(report.tookMs)}`,
    `    ${faults.map(({ name, backMs }) => `${name} ${seconds(backMs)}`).join(', ')}`,
    `    ${report.stimuli} stimuli, ${report.resolved} of them unknown for a while; worst gap of a tab ${seconds(report.worstGapMs)}, settled after ${seconds(report.settledMs)}`,
    ...findings.slice(0, SHOWN).map(({ kind, what }) => `  ✗ ${kind}: ${what}`),
    ...(findings.length > SHOWN ? [`  ✗ … ${findings.length} in all`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function printLeaks(title: string, { findings, cycles, redials, before, after, tookMs }: Leaks): void {
  process.stdout.write(
    `${findings.length === 0 ? '✓' : '✗'} ${title}: ${seconds(tookMs)}
    ${cycles} tabs, ${redials} dialled again; heap ${megabytes(before.heapBytes)} before, ${megabytes(after.heapBytes)} after
${findings.map(({ kind, what }) => `  ✗ ${kind}: ${what}\n`).join('')}`,
  );
}

const worst = (faults: readonly Fault[]) => Math.max(0, ...faults.map(({ backMs }) => backMs));

const COLUMNS = [
  'scenario',
  'faults',
  'stimuli',
  'unknown, resolved',
  'lost',
  'doubled',
  'other',
  'worst time back',
  'worst gap of a tab',
  'settled after',
  'seed',
];

/** The table of docs/reliability.md. */
export function tableOf(reports: readonly Report[]): string {
  const rows = reports.map(({ title, findings, ...report }) => [
    title.replace(/^\[(.*?)\]/, '$1').replace(/ \([A-D][\d, A-D]+\)$/, ''),
    report.faults.length,
    report.stimuli,
    report.resolved,
    count(findings, 'lost'),
    count(findings, 'doubled'),
    findings.length - count(findings, 'lost') - count(findings, 'doubled'),
    seconds(worst(report.faults)),
    seconds(report.worstGapMs),
    seconds(report.settledMs),
    report.seed,
  ]);
  return [COLUMNS, COLUMNS.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const count = (findings: readonly Finding[], kind: Finding['kind']) =>
  findings.filter((finding) => finding.kind === kind).length;

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
