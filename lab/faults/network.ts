import type { Fault } from './fault.ts';

/** The way to the provider. */
export const network: readonly Fault[] = [
	{
		name: 'healthy-465',
		what: 'Nothing is wrong at port 465',
		settings: { smtpPort: 465 },
		expected: { check: 'accepted', test: 'accepted' },
	},
	{
		name: 'only-465',
		what: 'The provider listens on 465 only, and 587 is chosen',
		provider: { closedPorts: [ 587, 2525 ] },
		expected: { check: 'port_closed, open: 465', test: 'waiting: port_closed' },
	},
	{
		name: 'provider-down',
		what: 'The provider listens nowhere',
		provider: { down: true },
		expected: { check: 'port_closed', test: 'waiting: port_closed' },
	},
	{
		name: 'port-blocked',
		what: 'The cloud drops what goes to 587',
		server: { blockedPorts: [ 587 ] },
		expected: { check: 'port_blocked, open: 465 2525', test: 'waiting: port_blocked' },
	},
	{
		name: 'all-ports-blocked',
		what: 'The cloud drops all mail',
		server: { blockedPorts: [ 25, 465, 587, 2525, 443 ] },
		expected: { check: 'cloud_blocks_mail', test: 'waiting: port_blocked' },
	},
	{
		name: 'mail-ports-blocked',
		what: 'The cloud drops what goes to mail ports, and 443 is refused by the provider',
		server: { blockedPorts: [ 25, 465, 587, 2525 ] },
		expected: { check: 'cloud_blocks_mail', test: 'waiting: port_blocked' },
	},
	{
		name: 'name-mistyped',
		what: 'The name of the SMTP server does not exist',
		settings: { smtpServer: 'smpt.provider.test' },
		expected: { check: 'name_not_found', test: 'waiting: name_not_found' },
	},
	{
		name: 'dns-broken',
		what: 'The name servers of the provider fail (SERVFAIL)',
		settings: { smtpServer: 'broken.provider.test' },
		expected: { check: 'resolver_down', test: 'waiting: resolver_down' },
	},
	{
		name: 'known-by-dns',
		what: 'Nothing is wrong with a name that only DNS knows',
		settings: { smtpServer: 'mail.provider.test' },
		expected: { check: 'accepted', test: 'accepted' },
	},
	{
		name: 'resolver-down',
		what: 'The resolver answers nobody',
		provider: { resolverDown: true },
		settings: { smtpServer: 'mail.provider.test' },
		expected: { check: 'resolver_down', test: 'waiting: resolver_down' },
	},
	{
		name: 'resolver-blocked',
		what: 'The server cannot reach its resolver',
		server: { blockedPorts: [ 53 ] },
		settings: { smtpServer: 'mail.provider.test' },
		expected: { check: 'resolver_down', test: 'waiting: resolver_down' },
	},
	{
		name: 'broken-ipv6',
		what: 'The provider has IPv6, and the server’s leads nowhere',
		settings: { smtpServer: 'dual.provider.test' },
		expected: { check: 'accepted', test: 'accepted' },
	},
	{
		name: 'forwarding-forbidden',
		what: 'The server’s sshd forbids forwarding',
		server: { forwardingForbidden: true },
		expected: { check: 'accepted', test: 'accepted' },
	},
];
