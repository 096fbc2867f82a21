import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matters } from './matters.ts';
import { lexicon } from './lexicon.ts';
import { readReply } from './read-reply.ts';

const read = ( reply: string, stage: string | null = 'end of DATA', host = 'smtp.example.com' ) =>
	readReply( { host, stage, reply } );

describe( 'without evidence nothing is guessed', () => {
	test.each( [
		[ '550 xyzzy', 'AUTH' ],
		[ '550 xyzzy', 'MAIL FROM' ],
		[ '550 xyzzy', 'RCPT TO' ],
		[ '554 xyzzy', 'end of DATA' ],
		[ '450 xyzzy', 'RCPT TO' ],
		[ '550 ?????? ????', 'MAIL FROM' ],
	] )( '%s at %s', ( reply, stage ) => {
		expect( read( reply, stage ) ).toEqual( {
			cause: 'unknown',
			whose: null,
			passes: reply.startsWith( '4' ),
		} );
	} );
} );

describe( 'in the language of the provider', () => {
	test.each( [
		[ '535 Authentifizierung fehlgeschlagen', 'AUTH', 'wrong_credentials' ],
		[ '535 Falsches Passwort', 'AUTH', 'wrong_credentials' ],
		[ '550 Empfänger unbekannt', 'RCPT TO', 'recipient_unknown' ],
		[ '550 Versandlimit überschritten', 'end of DATA', 'quota_exceeded' ],
		[ '552 Boîte du destinataire pleine', 'RCPT TO', 'recipient_mailbox_full' ],
		[ '535 Échec de l’authentification', 'AUTH', 'wrong_credentials' ],
		[ '535 Contraseña incorrecta', 'AUTH', 'wrong_credentials' ],
		[ '550 Límite diario excedido', 'end of DATA', 'quota_exceeded' ],
		[ '535 Неверный логин или пароль', 'AUTH', 'wrong_credentials' ],
		[ '550 Пользователь не существует', 'RCPT TO', 'recipient_unknown' ],
		[ '535 用户名或密码错误', 'AUTH', 'wrong_credentials' ],
		[ '535 请使用授权码登录', 'AUTH', 'app_password_required' ],
		[ '550 收件人不存在', 'RCPT TO', 'recipient_unknown' ],
		[ '535 パスワードが違います', 'AUTH', 'wrong_credentials' ],
		[ '550 送信数の上限に達しました', 'end of DATA', 'quota_exceeded' ],
	] )( '%s', ( reply, stage, cause ) => {
		expect( read( reply, stage ).cause ).toBe( cause );
	} );

	test( 'question marks in place of accents, as a log has them, are read, too', () => {
		expect( read( '550 Empf??nger unbekannt', 'RCPT TO' ).cause ).toBe( 'recipient_unknown' );
		expect( read( '535 Contrase?a incorrecta', 'AUTH' ).cause ).toBe( 'wrong_credentials' );
	} );
} );

describe( 'an address that is none is told apart from one that nobody has', () => {
	test.each( [
		[ '501 5.1.3 Bad recipient address syntax', 'RCPT TO', 'recipient_malformed' ],
		[ '553 5.1.3 Recipient address <you@@example.org> is malformed', 'RCPT TO', 'recipient_malformed' ],
		[ '553 5.1.3 malformed recipient', 'RCPT TO', 'recipient_malformed' ],
		[ '501 5.1.3 xyzzy', 'RCPT TO', 'recipient_malformed' ],
		[ '550 5.1.3 User unknown', 'RCPT TO', 'recipient_unknown' ],
		[ '501 5.1.7 Bad sender address syntax', 'RCPT TO', 'sender_malformed' ],
	] )( '%s', ( reply, stage, cause ) => {
		expect( read( reply, stage ).cause ).toBe( cause );
	} );
} );

describe( 'names are no words', () => {
	test.each( [
		[ '550 xyzzy <spam@virus.example.com>', 'MAIL FROM' ],
		[ '550 xyzzy https://dmarc.example.com/', 'end of DATA' ],
		[ '550 xyzzy suspended.account.example.com', 'end of DATA' ],
	] )( '%s', ( reply, stage ) => {
		expect( read( reply, stage ).cause ).toBe( 'unknown' );
	} );
} );

test( 'the words of a link count only where the sentence tells nothing', () => {
	const link = 'https://aka.ms/smtp_auth_disabled';
	const off = '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.';
	expect( read( `${ off } Visit ${ link } for more information.`, 'AUTH' ).cause ).toBe( 'smtp_auth_disabled' );
	expect( read( '550 xyzzy, see https://example.com/errors/user-unknown', 'RCPT TO' ).cause ).toBe(
		'recipient_unknown'
	);
} );

describe( 'a failed sign-in is the password’s matter only where nothing else is named', () => {
	test.each( [
		[ '535 5.7.8 Authentication failed', 'wrong_credentials' ],
		[ '535 Authentication failed, please try again', 'wrong_credentials' ],
		[ '535 5.7.1 Authentication failed - account has no mail package', 'unknown' ],
		[ '535 5.7.8 Account is not entitled to SMTP', 'unknown' ],
		[ '535 5.7.8 Authentication failed: xyzzy plugh of the wizard', 'unknown' ],
	] )( '%s', ( reply, cause ) => {
		expect( read( reply, 'AUTH' ).cause ).toBe( cause );
	} );
} );

test( 'a user name that is not accepted is no end of passwords', () => {
	expect( read( '535 5.7.8 Username and Password not accepted', 'AUTH' ).cause ).toBe( 'wrong_credentials' );
} );

describe( 'relaying is the sign-in’s matter at a recipient only', () => {
	test.each( [
		[ '550 Relaying denied', 'RCPT TO', 'server' ],
		[ '553 Relaying disallowed', 'end of DATA', null ],
		[ '554 5.7.1 Relay access denied', 'end of DATA', null ],
		[ 'Relay access denied', null, 'server' ],
		[ '553 Relaying disallowed as shop@example.com', 'MAIL FROM', 'sender' ],
		[ '550 relaying denied: unconfigured sending domain example.com', 'end of DATA', 'sender' ],
	] )( '%s (%s)', ( reply, stage, whose ) => {
		expect( read( reply, stage ).whose ).toBe( whose );
	} );
} );

describe( 'permanence is told by words before the first digit', () => {
	test.each( [
		[ '421 4.7.1 All messages from 203.0.113.9 will be permanently deferred; Retrying will NOT succeed.', false ],
		[ '421 Domain is not allowed to send: Please activate your account', false ],
		[ '421 4.7.0 Too many connections', true ],
		[ '421-4.7.0 Try again later, closing connection. (EHLO)', false ],
		[ '450 4.1.1 <you@example.org>: Recipient could not be verified at the moment', true ],
		[ '421 4.7.0 Messages from 203.0.113.9 temporarily deferred due to user complaints', true ],
		[ '550 5.4.5 Daily limit exceeded', true ],
	] )( '%s', ( reply, passes ) => {
		expect( read( reply ).passes ).toBe( passes );
	} );
} );

describe( 'whatever is said', () => {
	const stages = [ 'greeting', 'EHLO', 'STARTTLS', 'AUTH', 'MAIL FROM', 'RCPT TO', 'DATA', 'end of DATA' ];
	const kinds = [
		'',
		' ',
		'550',
		'550 '.repeat( 1_000 ),
		'a '.repeat( 2_048 ),
		'1 '.repeat( 2_048 ),
		'account '.repeat( 500 ),
		'\u0000\u001b[31m\ufffd\ud800',
		`550 ${ '\u00ff'.repeat( 4_000 ) }`,
		'status=sent (250 2.0.0 Ok: queued as 9F1)',
	];
	test.each( kinds )( 'never an exception, never “accepted”: %j', ( reply ) => {
		for ( const stage of stages ) {
			expect( read( reply, stage ).cause ).not.toBe( 'accepted' );
		}
	} );

	test( 'the same of any text', () => {
		fc.assert(
			fc.property(
				fc.string( { unit: 'binary', maxLength: 300 } ),
				fc.constantFrom( ...stages ),
				( reply, stage ) => {
					expect( read( reply, stage ).cause ).not.toBe( 'accepted' );
				}
			),
			{ numRuns: 50 }
		);
	} );
} );

test( 'each concept says something, or names a code', () => {
	for ( const { says, code, enhanced } of lexicon ) {
		expect( says ?? code ?? enhanced ).toBeTruthy();
	}
} );

test( 'each cause but two is somebody’s matter', () => {
	const nobodys = Object.entries( matters ).filter( ( [ , { whose } ] ) => whose === null );
	expect( nobodys.map( ( [ cause ] ) => cause ) ).toEqual( [ 'accepted', 'unknown' ] );
} );
