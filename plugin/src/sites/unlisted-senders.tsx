import { __, _n, sprintf } from '@wordpress/i18n';
import type { SendingUser, UnlistedSender } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { unlistedWords } from '../words/unlisted.ts';
import { mayAllow } from './may-allow.ts';

interface Props {
	user: SendingUser;
	/** Who else sends on this server. */
	others: readonly SendingUser[];
	disabled: boolean;
	/** `sender`: a domain or an address. */
	onAllow: ( sender: string ) => void;
}

/** So many stand in a row of the table; a form under attack has hundreds. */
const shown = 3;

/** Senders of a user that are not listed for its site, newest first. Only a route lists any. */
export function UnlistedSenders( props: Props ) {
	const { unlisted } = props.user;
	const [ first, more ] = [ unlisted.slice( 0, shown ), unlisted.slice( shown ) ];
	return (
		<>
			{ first.map( ( one ) => (
				<Sender key={ one.sender } one={ one } { ...props } />
			) ) }
			{ more.length > 0 && (
				<Disclosure
					summary={ sprintf(
						/* translators: %d: number of mail addresses */
						_n( '%d more sender', '%d more senders', more.length, 'email-gateway' ),
						more.length
					) }
				>
					{ more.map( ( one ) => (
						<Sender key={ one.sender } one={ one } { ...props } />
					) ) }
				</Disclosure>
			) }
		</>
	);
}

function Sender( { one, user: { route }, others, disabled, onAllow }: Props & { one: UnlistedSender } ) {
	const may = route && mayAllow( one.sender, others );
	return (
		<div className="email-gateway-quiet">
			<bdi>{ one.sender }</bdi>
			<div>{ unlistedWords( one ) }</div>
			{ may === 'taken' && <div>{ __( 'It is a sender of another site’s route.', 'email-gateway' ) }</div> }
			{ may === 'yes' && (
				<ActionButton
					variant="link"
					disabled={ disabled }
					/* translators: %s: a mail address */
					label={ sprintf( __( 'Allow This Sender: %s', 'email-gateway' ), one.sender ) }
					onClick={ () => onAllow( one.sender.replace( /^@/, '' ) ) }
				>
					{ __( 'Allow This Sender', 'email-gateway' ) }
				</ActionButton>
			) }
		</div>
	);
}
