import { FAULT_KINDS } from './fault.ts';
import { knownActionNames } from './operations.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { Reply } from './reply.ts';

/** Its own origin only, nothing inline, in nobody's frame. The icon is an empty one, so that none is asked for. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const file = (type: string, body: string): Reply => ({
  status: 200,
  headers: { ...HEADERS, 'content-type': `${type};charset=utf-8` },
  body,
});

export const pageScript = (): Reply => file('text/javascript', PAGE_SCRIPT);
export const pageStyle = (): Reply => file('text/css', PAGE_STYLE);

const options = (values: readonly string[]): string =>
  values.map((value) => `<option value="${value}">${value}</option>`).join('');

/** The page of the emulator; it asks for `overview` again and again, and everything it shows comes from there. */
export const page = (): Reply =>
  file(
    'text/html',
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Emulator · rd-reconcile</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script src="page.js" defer></script>
</head>
<body>
<header>
<h1>Emulator</h1>
<p><label>Directory <select id="directory"></select></label> <span id="size"></span></p>
<p class="buttons"><button type="button" id="pause" aria-pressed="false">Pause</button>
<button type="button" id="save">Save state</button>
<button type="button" id="reset">Reset</button></p>
<p id="said" role="status"></p>
</header>
<main>
<section aria-labelledby="h-contacts"><h2 id="h-contacts">Contacts and their targets</h2><ul id="contacts" class="owners" tabindex="0" aria-labelledby="h-contacts"></ul></section>
<section aria-labelledby="h-groups"><h2 id="h-groups">Account groups</h2><ul id="groups" class="owners" tabindex="0" aria-labelledby="h-groups"></ul></section>
<section aria-labelledby="h-faults"><h2 id="h-faults">Faults</h2>
<form id="fault">
<label>Action <select name="action"><option value="">any</option>${options([...knownActionNames()].sort())}</select></label>
<label>Fault <select name="kind">${options(FAULT_KINDS)}</select></label>
<label>Only with member <input name="member" autocomplete="off" spellcheck="false"></label>
<label>Times <input name="times" type="number" min="1" max="1000000" value="1" required></label>
<button>Switch on</button>
</form>
<ul id="faults" tabindex="0" aria-label="Faults to come"></ul></section>
<section aria-labelledby="h-calls" class="wide"><h2 id="h-calls">Calls</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Call log"><table>
<thead><tr><th scope="col">No.</th><th scope="col">Time</th><th scope="col">Action</th><th scope="col">Of</th><th scope="col">Members</th><th scope="col">Answer</th><th scope="col">Fault</th><th scope="col">Applied</th></tr></thead>
<tbody id="calls"></tbody></table></div></section>
</main>
<noscript><p>This page needs JavaScript. The same is at <a href="state">state</a> and <a href="calls">calls</a>.</p></noscript>
</body>
</html>
`,
  );
