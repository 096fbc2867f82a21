import { expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { escapeHtml, listPage, messagePage } from './inbox-page.ts';
import type { Message } from './messages.ts';

const hostile = '<script>alert("1")</script>';
const message: Message = {
	id: 'A1B2',
	from: `"${ hostile }"@example.test`,
	to: [ `${ hostile }@example.test` ],
	subject: hostile,
	authUser: hostile,
	tls: 'TLSv1.3',
	receivedAt: '2030-01-02T03:04:05.678Z',
	raw: `From: ${ hostile } <a@example.test>\r\nSubject: ${ hostile }\r\n\r\nHello ${ hostile }\r\n`,
};

test( 'every character with a meaning in HTML is escaped', () => {
	expect( escapeHtml( `<a href="x" title='y'>&` ) ).toBe( '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;' );
} );

test( 'the list shows a hostile message as text', () => {
	const html = listPage( [ message ] );
	expect( html ).not.toContain( '<script' );
	expect( html ).toContain( '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;' );
	expect( html ).toContain( '2030-01-02 03:04:05' );
} );

test( 'the page of a message shows its text and its source as text', async () => {
	const html = messagePage( message, await simpleParser( message.raw, { skipTextToHtml: true } ) );
	expect( html ).not.toContain( '<script' );
	expect( html ).toContain( 'Hello &lt;script&gt;' );
	expect( html ).toContain( '<dd>A1B2</dd>' );
} );
