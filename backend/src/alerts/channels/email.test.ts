import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { AlertMessage, TargetOf } from '@email-gateway/shared';
import { makeTestCertificates, type TestCertificates } from '../../mail/test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from '../../mail/test-smtp.ts';
import { mailText } from '../mail-text.ts';
import { testMessage } from '../words.ts';
import { email } from './email.ts';

const host = 'smtp.site.test';
const target: TargetOf< 'email' > = {
	kind: 'email',
	...{ to: 'ops@example.com', from: 'gateway@example.net', account: '00000000-0000-4000-8000-000000000001' },
};
const signIn = { smtpServer: host, smtpPort: 587, userName: 'me', password: 'mail-secret' };
const message: AlertMessage = {
	...testMessage( 'https://example.com', new Date( 0 ) ),
	...{ kind: 'over', incident: 'incident-1', text: 'web1 works again.' },
};

describe( 'an alert by email', () => {
	let certificates: TestCertificates;
	let provider: TestSmtp | undefined;
	beforeAll( () => {
		certificates = makeTestCertificates( host );
	} );
	afterEach( () => provider?.stop() );

	async function send( script: Script ) {
		provider = await startTestSmtp( script );
		const receiver = { address: '127.0.0.1', port: provider.port, ca: certificates.ca };
		return email.send( target, { id: 'msg-1', message }, { allowedPrivateRanges: [], receiver, signIn } );
	}
	const heard = () => ( provider?.heard ?? [] ).join( '\n' );

	test( 'is signed in for, encrypted, and one of a thread that no machine answers', async () => {
		expect( await send( { tls: certificates.good, auth: 'PLAIN' } ) ).toEqual( { answer: null } );
		expect( heard() ).toMatch( /^MAIL FROM:<gateway@example\.net>/m );
		expect( heard() ).toMatch( /^RCPT TO:<ops@example\.com>/m );
		for ( const header of [
			'Message-ID: <msg-1@example.net>',
			'References: <incident-1@example.net>',
			'Auto-Submitted: auto-generated',
			'Subject: [Email Gateway] example.com: works again',
		] ) {
			expect( heard() ).toContain( header );
		}
	} );

	test( 'is given to nobody in clear, nor to whom its certificate does not name', async () => {
		for ( const script of [
			{},
			{ tls: certificates.wrongName, auth: 'PLAIN' },
			{ tls: certificates.selfSigned },
		] ) {
			expect( ( await send( script ) ).answer ).not.toBeNull();
			expect( heard() ).not.toMatch( /^(AUTH|MAIL|RCPT)/m );
			await provider?.stop();
		}
	} );

	test.each( [
		[ { AUTH: '535 5.7.8 secret words' }, { answer: 'SMTP 535', isFinal: true } ],
		[ { RCPT: '450 4.2.0 secret words' }, { answer: 'SMTP 450', isFinal: false } ],
		[ { END: '550 5.7.1 secret words' }, { answer: 'SMTP 550', isFinal: true } ],
	] )( 'that is refused says by which code alone: %j', async ( replies, end ) => {
		expect( await send( { tls: certificates.good, auth: 'PLAIN', replies } ) ).toEqual( end );
	} );

	test( 'to an inner address is not sent', async () => {
		for ( const smtpServer of [ '127.0.0.1', '169.254.169.254', '10.0.0.1' ] ) {
			const to = { allowedPrivateRanges: [], signIn: { ...signIn, smtpServer } };
			expect( await email.send( target, { id: 'msg-1', message }, to ) ).toEqual( {
				answer: 'server_address_refused',
				isFinal: true,
			} );
		}
	} );
} );

describe( 'its text', () => {
	const hostile = '"><script>alert( 1 )</script>\r\nBcc: all@example.com';

	test( 'holds no markup and no header of what is told', () => {
		const of = { id: 1, host: hostile, link: 'https://example.com/?a=1&b="2"' };
		const { subject, html } = mailText( {
			...message,
			kind: 'opened',
			text: hostile,
			server: of,
			servers: [ of, of ],
		} );
		expect( html ).not.toContain( '<script' );
		expect( html ).toContain( 'href="https://example.com/?a=1&amp;b=&quot;2&quot;"' );
		expect( subject ).toContain( '[Email Gateway]' );
	} );

	test( 'of a weekly report is a table, in both', () => {
		const servers = [ { host: 'web1.example.com', accepted: 1204, waiting: 3, refused: 0, incidents: 1 } ];
		const { subject, text, html } = mailText( { ...message, kind: 'report', report: { servers, more: 2 } } );
		expect( subject ).toBe( '[Email Gateway] Weekly report of example.com' );
		expect( text ).toMatch( /^Server +Accepted +Waiting +Refused +Incidents$/m );
		expect( text ).toMatch( /^web1\.example\.com +1,204 +3 +0 +1$/m );
		expect( html ).toContain( '<th style="padding:2px 8px;text-align:right" scope="col">Accepted</th>' );
		expect( html ).toContain( 'and 2 more' );
	} );
} );
