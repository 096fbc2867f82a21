import type { SandboxRules } from '@email-gateway/shared';
import type { DesiredFile } from './desired-files.ts';
import type { Parameter } from './main-cf.ts';

/** What Postfix says of a message that a sandbox does not let go; `read_queue` and the mail log know it by these words. */
export const keptBySandbox = 'kept by the sandbox of Email Gateway';
export const droppedBySandbox = 'dropped by the sandbox of Email Gateway';

/** In a pattern of regexp_table(5). Nothing is left that could end it: addresses have no slash in a domain. */
const escaped = ( text: string ) => text.replace( /[^A-Za-z0-9@-]/g, '\\$&' );
const anyOf = ( domains: readonly string[] ) => `/@(${ domains.map( escaped ).join( '|' ) })$/`;

const unless = ( patterns: readonly string[], lines: string ) =>
	`${ patterns.map( ( one ) => `if !${ one }\n` ).join( '' ) }${ lines }${ patterns
		.map( () => 'endif\n' )
		.join( '' ) }`;

const allowedIn = ( { allowed }: { allowed: readonly string[] } ) => ( allowed.length > 0 ? [ anyOf( allowed ) ] : [] );

/** regexp: whoever a message is for, the mailbox gets it; allowed domains are in no table. The log keeps the original. */
export const renderRecipients = ( rules: Extract< SandboxRules, { kind: 'redirect' } > ): string =>
	`# Email Gateway: the sandbox\n${ unless(
		allowedIn( rules ),
		`/./ ${ rules.mailbox.replaceAll( '$', '$$$$' ) }\n`
	) }`;

/**
 * regexp, transport(5): the wall. A message that was in the queue before, or that somebody lets go, has its own
 * recipients, and leaves by no other way either. `:` leaves the way as it is; Postfix asks for `*` as well, which is kept.
 */
export function renderTransport( rules: SandboxRules ): string {
	const open = rules.kind === 'redirect' ? [ `/^${ escaped( rules.mailbox ) }$/`, ...allowedIn( rules ) ] : [];
	const others = rules.kind === 'drop' ? `discard:${ droppedBySandbox }` : `retry:4.7.1 ${ keptBySandbox }`;
	return [ '# Email Gateway: the sandbox', ...open.map( ( one ) => `${ one } :` ), `/./ ${ others }`, '' ].join(
		'\n'
	);
}

/** header_checks(5): the line that pickup(8) and smtpd(8) write before anything of a site is in each message. */
export const sandboxHeaderChecks = ( rules: SandboxRules | null ): string[] =>
	rules?.kind === 'hold' ? [ '/^Received:/ HOLD' ] : [];

/** `maps` are looked up after those of the sandbox. */
export const virtualAliasMaps = ( rules: SandboxRules | null, folder: string, maps: string ): string =>
	rules?.kind === 'redirect' ? `regexp:${ folder }/sandbox_recipients, ${ maps }` : maps;

/** smtpd(8) refuses a recipient for whom there is no way. */
const untriedRecipients: Parameter = {
	name: 'smtpd_reject_unlisted_recipient',
	value: 'no',
	why: 'by SMTP, too, all mail is taken, and held',
};

export const sandboxParameters = ( rules: SandboxRules | null, folder: string ): Parameter[] =>
	rules
		? [
				{
					name: 'transport_maps',
					value: `regexp:${ folder }/sandbox_transport`,
					why: 'the sandbox is on: mail leaves for nobody but those whom it allows',
				},
				...( rules.kind === 'hold' ? [ untriedRecipients ] : [] ),
		  ]
		: [];

export const sandboxFiles = ( rules: SandboxRules | null ): DesiredFile[] =>
	rules
		? [
				...( rules.kind === 'redirect'
					? [
							{
								name: 'sandbox_recipients',
								content: renderRecipients( rules ),
								mode: '0644' as const,
								why: 'the sandbox: one mailbox gets what is for others',
							},
					  ]
					: [] ),
				{
					name: 'sandbox_transport',
					content: renderTransport( rules ),
					mode: '0644',
					why: 'the sandbox: whom mail may leave for',
				},
		  ]
		: [];
