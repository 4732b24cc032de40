import { RULES } from '../../src/emulator/rules.ts';

/** The README's table of what the emulator imitates. */
export function emulatorRulesTable(): string {
  const rows = RULES.map(({ rule, source, basis, switches }) => {
    const keys = switches.map((key) =>
      key.startsWith('faults: ') ? `fault \`${key.slice(8)}\`` : `\`${key}\``,
    );
    return `| ${rule} | ${basis} | ${source} | ${keys.join(', ') || '-'} |`;
  });
  return ['| the emulator | basis | source | switch |', '|---|---|---|---|', ...rows].join('\n');
}
