/** Light and dark, from a phone's width on. Colours have a contrast of 4.5 and more against their ground. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa; --link: #0550ae; --good: #116329; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --text: #e6edf3; --soft: #9da7b3; --line: #3d444d; --panel: #161b22; --link: #79b8ff; --good: #6fdd8b; --bad: #ff9c95; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; margin-bottom: 1rem; }
header p { margin: 0; }
#said { flex-basis: 100%; min-height: 1.45em; color: var(--soft); }
#size, .soft { color: var(--soft); }
main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
section { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; background: var(--panel); min-width: 0; }
.wide { grid-column: 1 / -1; }
ul { list-style: none; margin: 0; padding: 0; }
.owners > li { padding: .4rem 0; border-top: 1px solid var(--line); }
.owners > li:first-child { border-top: 0; }
.owners, #faults { max-height: 26rem; overflow: auto; }
.owners ul { padding-left: 1rem; }
code { font: .875em ui-monospace, monospace; }
form { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr)); align-items: end; margin-bottom: .75rem; }
label { display: block; font-size: .9rem; }
form :is(select, input, button) { width: 100%; }
select, input, button { font: inherit; padding: .35rem .5rem; border: 1px solid var(--soft); border-radius: .35rem; background: var(--ground); color: var(--text); }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.scroll { overflow: auto; max-height: 30rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.good { color: var(--good); }
.bad { color: var(--bad); }
`;
