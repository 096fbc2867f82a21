import type { Fault } from './fault.ts';

/** Nobody who does not prove to be the provider gets the password. */
export const encryption: readonly Fault[] = [
	{
		name: 'starttls-stripped',
		what: 'STARTTLS is not offered, as where someone removes it on the way',
		provider: { noStarttls: true },
		expected: { check: 'starttls_not_offered, open: 465', test: 'waiting: starttls_not_offered' },
	},
	{
		name: 'starttls-refused',
		what: 'STARTTLS is offered, and refused (454)',
		provider: { at: { starttls: '454 4.7.0 TLS not available due to local problem' } },
		expected: { check: 'tls_handshake_failed, open: 465', test: 'waiting: tls_handshake_failed' },
	},
	{
		name: 'old-tls',
		what: 'Nothing newer than TLS 1.1',
		provider: { oldTls: true },
		expected: { check: 'tls_handshake_failed', test: 'waiting: tls_handshake_failed' },
	},
	{
		name: 'certificate-expired',
		what: 'The certificate has expired',
		certificate: 'expired',
		expected: { check: 'certificate_expired', test: 'waiting: certificate_expired' },
	},
	{
		name: 'certificate-of-tomorrow',
		what: 'The certificate is not valid yet',
		certificate: 'not_yet_valid',
		expected: { check: 'certificate_not_yet_valid', test: 'waiting: certificate_not_yet_valid' },
	},
	{
		name: 'certificate-self-signed',
		what: 'The certificate is self-signed',
		certificate: 'self_signed',
		expected: { check: 'certificate_self_signed', test: 'waiting: certificate_self_signed' },
	},
	{
		name: 'certificate-wrong-name',
		what: 'The certificate is for another name',
		certificate: 'wrong_name',
		expected: { check: 'certificate_wrong_name', test: 'waiting: certificate_wrong_name' },
	},
	{
		name: 'intercepted',
		what: 'A firewall reads along, with a certificate of its own authority',
		certificate: 'intercepted',
		expected: { check: 'certificate_untrusted', test: 'waiting: certificate_untrusted' },
	},
	{
		name: 'incomplete-chain',
		what: 'The provider shows its certificate without the one that signed it',
		certificate: 'incomplete_chain',
		expected: { check: 'certificate_untrusted', test: 'waiting: certificate_untrusted' },
	},
	{
		name: 'starttls-expected',
		what: 'Port 587 wants TLS from the first byte',
		provider: { wrongMode: true },
		expected: { check: 'tls_mode_unexpected', test: 'waiting: greeting_timed_out' },
	},
	{
		name: 'implicit-expected',
		what: 'Port 465 wants STARTTLS',
		provider: { wrongMode: true },
		settings: { smtpPort: 465 },
		expected: { check: 'tls_mode_unexpected', test: 'waiting: tls_handshake_failed' },
	},
];
