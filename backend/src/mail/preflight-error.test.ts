import { describe, expect, test } from '@jest/globals';
import { presets } from '@email-gateway/shared';
import { providers } from '../gateway/providers.ts';
import { replyRules } from '../gateway/reply-rules.ts';
import { preflightError } from './preflight-error.ts';

const at = ( host: string, response: string ) =>
	preflightError( { command: 'AUTH', response, message: response }, { host, port: 587 } );

describe( 'a login refused before an install', () => {
	test.each( [
		[
			'smtp-relay.brevo.com',
			'525 5.7.1 Unauthorized IP address',
			'provider_login_refused',
			'address_not_authorised',
		],
		[
			'smtp.gmail.com',
			'534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor',
			'provider_login_refused',
			'app_password_required',
		],
		[
			'smtp.sendgrid.net',
			'451 Authentication failed: Maximum credits exceeded',
			'provider_unavailable',
			'quota_exceeded',
		],
		[ 'smtp.example.com', '535 5.7.8 no', 'provider_login_refused', 'wrong_credentials' ],
		[ 'smtp.example.com', '525 5.7.1 Unauthorized IP address', 'provider_login_refused', 'address_not_authorised' ],
		[ 'smtp.example.com', '550 5.7.1 xyzzy', 'provider_login_refused', 'unknown' ],
		[ 'smtp.example.com', '535 ????????????????', 'provider_login_refused', 'login_refused' ],
		[
			'smtp.example.com',
			'535 5.7.0 Your plan does not include SMTP',
			'provider_login_refused',
			'account_suspended',
		],
		[
			'smtp.example.com',
			'534 5.7.9 Application-specific password required',
			'provider_login_refused',
			'app_password_required',
		],
		[
			'smtp.example.com',
			'535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
			'provider_login_refused',
			'smtp_auth_disabled',
		],
	] )( '%s says %s: %s, %s', ( host, response, code, cause ) => {
		expect( at( host, response ) ).toMatchObject( { code, detail: { cause } } );
	} );
} );

test( 'a reply means at preflight what it means in the mail log', () => {
	for ( const rule of replyRules.filter( ( { stage } ) => stage === undefined || stage.includes( 'AUTH' ) ) ) {
		const [ id = '' ] = rule.presets;
		const host = presets.find( ( preset ) => preset.id === id )?.host ?? providers[ id ]?.[ 0 ] ?? '';
		expect( at( host, rule.example ).detail ).toMatchObject( { cause: rule.cause } );
	}
} );

test( 'a connection that ends during the login is no greeting that was refused', () => {
	const failure = { code: 'ECONNECTION', command: 'AUTH', message: 'The connection was closed.' };
	expect( preflightError( failure, { host: 'smtp.example.com', port: 587 } ) ).toMatchObject( {
		code: 'provider_unavailable',
		detail: { cause: 'dropped_midway', reply: 'The connection was closed.' },
	} );
} );

test( 'of what OpenSSL says only the reason is shown', () => {
	// as Node 24 gave it for a provider that speaks nothing newer than TLS 1.1
	const message =
		'40CD87B0EE7F0000:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:918:SSL alert number 70';
	const failure = { code: 'ETLS', originalCode: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', command: 'CONN', message };
	expect( preflightError( failure, { host: 'smtp.example.com', port: 587 } ).detail ).toMatchObject( {
		cause: 'tls_handshake_failed',
		reply: 'tlsv1 alert protocol version',
	} );
} );
