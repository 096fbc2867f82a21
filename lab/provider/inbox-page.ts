import type { AddressObject, ParsedMail } from 'mailparser';
import type { Message } from './messages.ts';

/** Makes text from anywhere safe inside HTML elements and quoted attributes. */
export function escapeHtml( text: string ): string {
	const entities: Record< string, string > = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
	return text.replace( /[&<>"']/g, ( character ) => entities[ character ] ?? '' );
}

/** @return the page that lists all messages, newest first; it looks again every three seconds */
export function listPage( messages: readonly Message[] ): string {
	const rows = messages.map(
		( { id, from, to, subject, authUser, tls, receivedAt } ) => `<tr>
	<td><a href="/inbox/${ escapeHtml( id ) }">${ escapeHtml( subject || '(no subject)' ) }</a></td>
	<td>${ escapeHtml( from || '<>' ) }</td><td>${ escapeHtml( to.join( ', ' ) ) }</td>
	<td>${ escapeHtml( authUser ) }</td><td>${ escapeHtml( tls ?? 'not encrypted' ) }</td>
	<td><time datetime="${ escapeHtml( receivedAt ) }">${ escapeHtml( shortTime( receivedAt ) ) }</time></td>
</tr>`
	);
	const head = [ 'Subject', 'From', 'To', 'Signed in as', 'TLS', 'Received (UTC)' ]
		.map( ( title ) => `<th scope="col">${ title }</th>` )
		.join( '' );
	const table = `<div class="scroll"><table><thead><tr>${ head }</tr></thead><tbody>${ rows.join(
		'\n'
	) }</tbody></table></div>`;
	const empty = '<p class="empty">Nothing has arrived yet. This page looks again by itself.</p>';
	return page( {
		title: `Inbox (${ messages.length })`,
		head: '<meta http-equiv="refresh" content="3">',
		body: `<h1>Inbox of the lab’s mail provider</h1>
<p>Everything that servers handed to smtp.provider.test. No message leaves this machine.</p>
${ messages.length === 0 ? empty : table }`,
	} );
}

/** @return the page of one message: its envelope, its headers, its text, and the message as it came */
export function messagePage( message: Message, parsed: ParsedMail ): string {
	const facts: Array< [ string, string ] > = [
		[ 'From', addresses( parsed.from ) ],
		[ 'To', addresses( parsed.to ) ],
		[ 'Envelope sender', message.from || '<>' ],
		[ 'Envelope recipients', message.to.join( ', ' ) ],
		[ 'Signed in as', message.authUser ],
		[ 'Encryption', message.tls ?? 'none' ],
		[ 'Received', message.receivedAt ],
		[ 'Queued as', message.id ],
	];
	const list = facts.map( ( [ name, value ] ) => `<dt>${ name }</dt><dd>${ escapeHtml( value ) }</dd>` ).join( '\n' );
	const title = message.subject || '(no subject)';
	return page( {
		title,
		head: '',
		body: `<p><a href="/">← All messages</a></p>
<h1>${ escapeHtml( title ) }</h1>
<dl>${ list }</dl>
<pre class="text">${ escapeHtml( parsed.text ?? '' ) }</pre>
<details><summary>The message as it came</summary><pre>${ escapeHtml( message.raw ) }</pre></details>`,
	} );
}

/** The one style sheet, served apart so that no page needs inline styles. */
export const styleSheet = `:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
td:nth-child(n+5) { white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: 1rem; border-radius: 4px; }
.empty { padding: 3rem; text-align: center; background: var(--soft); border-radius: 4px; }
`;

function page( { title, head, body }: { title: string; head: string; body: string } ): string {
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${ head }
<title>${ escapeHtml( title ) }</title><link rel="stylesheet" href="/style.css"></head>
<body>${ body }</body></html>
`;
}

function shortTime( iso: string ): string {
	return iso.slice( 0, 19 ).replace( 'T', ' ' );
}

function addresses( header: AddressObject | AddressObject[] | undefined ): string {
	return [ header ?? [] ]
		.flat()
		.map( ( { text } ) => text )
		.join( ', ' );
}
