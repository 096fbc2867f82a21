import type { Provider } from '../provider/start.ts';
import type { Server } from '../servers/server.ts';
import { shellOn } from '../servers/ssh.ts';
import type { BenchContext } from './figures.ts';
import type { Account, Machines } from './machines.ts';
import { addSite } from './mails.ts';

/** A server whose PHP mail() goes to the provider, one way or another. */
export interface Relay {
	name: string;
	server: Server;
}

/** What sends beside ours. */
export type OtherRelay = 'plain postfix' | 'ssmtp' | 'msmtp' | 'dma';

const install = ( packages: string ) =>
	`DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ${ packages }`;

/** Each as its own documentation tells to set it up for one provider, with the certificate verified where it can. */
const setUps: Record< OtherRelay, ( provider: Provider ) => string > = {
	'plain postfix': ( { host, port, user, password } ) => `
echo 'postfix postfix/main_mailer_type select Satellite system' | debconf-set-selections
echo 'postfix postfix/mailname string example.org' | debconf-set-selections
${ install( 'postfix libsasl2-modules' ) }
postconf -e 'inet_interfaces=loopback-only' 'mydestination=' 'relayhost=[${ host }]:${ port }' \\
	'smtp_sasl_auth_enable=yes' 'smtp_sasl_password_maps=texthash:/etc/postfix/sasl_passwd' \\
	'smtp_sasl_security_options=noanonymous' 'smtp_tls_security_level=secure' \\
	'smtp_tls_CAfile=/etc/ssl/certs/ca-certificates.crt'
echo '[${ host }]:${ port } ${ user }:${ password }' >/etc/postfix/sasl_passwd
chmod 600 /etc/postfix/sasl_passwd
systemctl restart postfix`,
	ssmtp: ( { host, port, user, password } ) => `
${ install( 'ssmtp' ) }
cat >/etc/ssmtp/ssmtp.conf <<'CONF'
mailhub=${ host }:${ port }
UseSTARTTLS=YES
AuthUser=${ user }
AuthPass=${ password }
FromLineOverride=YES
hostname=example.org
CONF`,
	msmtp: ( { host, port, user, password } ) => `
${ install( 'msmtp-mta' ) }
cat >/etc/msmtprc <<'CONF'
account default
host ${ host }
port ${ port }
auth on
user ${ user }
password ${ password }
from site@example.org
tls on
tls_starttls on
tls_trust_file /etc/ssl/certs/ca-certificates.crt
CONF
chmod 644 /etc/msmtprc`,
	dma: ( { host, port, user, password } ) => `
echo 'dma dma/mailname string example.org' | debconf-set-selections
${ install( 'dma' ) }
cat >/etc/dma/dma.conf <<'CONF'
SMARTHOST ${ host }
PORT ${ port }
AUTHPATH /etc/dma/auth.conf
SECURETRANSFER
STARTTLS
MAILNAME example.org
CONF
echo '${ user }|${ host }:${ password }' >/etc/dma/auth.conf`,
};

/** A server with our gateway, installed through the API, and a site that can send. */
export async function startGateway(
	machines: Machines,
	{ name, serverId, account, signal }: { name: string; serverId: number; account: Account; signal: AbortSignal }
): Promise< Relay > {
	const server = await machines.start( name );
	await machines.connect( serverId, server );
	await machines.install( serverId, account );
	return withSite( { name: 'gateway', server }, signal );
}

/** A server with something else, and a site that can send. */
export async function startOther(
	machines: Machines,
	kind: OtherRelay,
	{ name, account, signal }: { name: string; account: Account; signal: AbortSignal }
): Promise< Relay > {
	const server = await machines.start( name );
	const setUp = setUps[ kind ]( { ...machines.provider, ...account } );
	await shellOn( server, `set -e\n${ setUp }`, { signal } );
	return withSite( { name: kind, server }, signal );
}

async function withSite( relay: Relay, signal: AbortSignal ): Promise< Relay > {
	await addSite( relay, signal );
	return relay;
}

/** One server for each way, ours first. */
export async function startRelays(
	machines: Machines,
	{ log, signal }: BenchContext,
	others: readonly OtherRelay[] = [ 'plain postfix', 'ssmtp', 'msmtp', 'dma' ]
): Promise< Relay[] > {
	const account = machines.provider;
	const relays = [ await startGateway( machines, { name: 'gateway', serverId: 1, account, signal } ) ];
	for ( const kind of others ) {
		log( `Setting up ${ kind } …` );
		relays.push( await startOther( machines, kind, { name: kind.replace( ' ', '-' ), account, signal } ) );
	}
	return relays;
}
