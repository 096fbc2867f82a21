import { describe, expect, test } from '@jest/globals';
import { pastedSettings } from './pasted.ts';

describe( 'settings pasted into SMTP Server', () => {
	test.each( [
		[
			'smtps://me%40site.example@smtp.example.com:465',
			{ smtpServer: 'smtp.example.com', smtpPort: '465', userName: 'me@site.example' },
		],
		[ 'smtp://SMTP.example.com', { smtpServer: 'smtp.example.com', smtpPort: '587' } ],
		[ 'submissions://smtp.example.com/', { smtpServer: 'smtp.example.com', smtpPort: '465' } ],
		[ ' smtp.example.com:2525\n', { smtpServer: 'smtp.example.com', smtpPort: '2525' } ],
		[
			'Server: smtp.example.com Port: 587 Username: me@site.example Password: hunter2',
			{ smtpServer: 'smtp.example.com', smtpPort: '587', userName: 'me@site.example' },
		],
		[
			'SMTP server\tsmtp.example.com\nPorts\t25, 2525 or 587\nLogin\tuser-17\nSMTP key\txkeysib-1',
			{ smtpServer: 'smtp.example.com', smtpPort: '25', userName: 'user-17' },
		],
		[
			'Outgoing Server (SMTP):\nsmtp.example.com\nPort: 465\nUser Name: "apikey"',
			{ smtpServer: 'smtp.example.com', smtpPort: '465', userName: 'apikey' },
		],
		[
			'host = smtp.example.com\r\nport = 2587\r\nuser = a/b',
			{ smtpServer: 'smtp.example.com', smtpPort: '2587', userName: 'a/b' },
		],
		[ 'Hostname: smtp.example.com', { smtpServer: 'smtp.example.com' } ],
	] )( '%j', ( text, found ) => {
		expect( pastedSettings( text ) ).toEqual( found );
	} );

	test.each( [ 'smtp.example.com', 'just some words', '', 'Password: hunter2', 'https://example.com/' ] )(
		'%j is pasted as it is',
		( text ) => {
			expect( pastedSettings( text ) ).toBe( null );
		}
	);

	test.each( [
		'smtps://me:hunter2@smtp.example.com:465',
		'smtps://:hunter2@smtp.example.com:465',
		'Server: smtp.example.com\nPassword: hunter2\nUser: me',
		'Server: smtp.example.com Password=hunter2 Port=587',
	] )( 'no password is taken from %j', ( text ) => {
		const found = pastedSettings( text );
		expect( found?.smtpServer ).toBe( 'smtp.example.com' );
		expect( JSON.stringify( found ) ).not.toContain( 'hunter2' );
	} );
} );
