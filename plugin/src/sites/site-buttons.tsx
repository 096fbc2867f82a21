import { __, sprintf } from '@wordpress/i18n';
import type { CapLimits, SendingUser } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { limitLines } from '../words/caps.ts';
import { userName } from '../words/sites.ts';

/** What a person is asked, and about whom; `uid` null: about all without a cap of their own. */
export interface Asked {
	uid: number | null;
	what: 'pause' | 'resume' | 'cap' | 'route' | 'backup';
}

export interface Buttons {
	disabled: boolean;
	asks: Asked | null;
	onAsk: ( asked: Asked ) => void;
}

export const isAsked = ( asks: Asked | null, uid: number | null, what: Asked[ 'what' ] ) =>
	asks !== null && asks.uid === uid && asks.what === what;

/** A user who is paused is resumed; one who is over the cap may be resumed or paused. */
export const SendingButtons = ( { user, disabled, asks, onAsk }: Buttons & { user: SendingUser } ) => (
	<>
		{ ( user.pause || user.over ) && (
			<ActionButton
				variant="link"
				disabled={ disabled }
				/* translators: %s: a Unix user */
				label={ sprintf( __( 'Resume Sending: %s', 'email-gateway' ), userName( user ) ) }
				expanded={ isAsked( asks, user.uid, 'resume' ) }
				onClick={ () => onAsk( { uid: user.uid, what: 'resume' } ) }
			>
				{ __( 'Resume Sending', 'email-gateway' ) }
			</ActionButton>
		) }{ ' ' }
		{ ! user.pause && (
			<ActionButton
				variant="link"
				disabled={ disabled }
				/* translators: %s: a Unix user */
				label={ sprintf( __( 'Pause Sending: %s', 'email-gateway' ), userName( user ) ) }
				expanded={ isAsked( asks, user.uid, 'pause' ) }
				onClick={ () => onAsk( { uid: user.uid, what: 'pause' } ) }
			>
				{ __( 'Pause Sending', 'email-gateway' ) }
			</ActionButton>
		) }
	</>
);

export const CapButton = ( { user, disabled, asks, onAsk }: Buttons & { user: SendingUser } ) => (
	<ActionButton
		variant="link"
		disabled={ disabled }
		/* translators: %s: a Unix user */
		label={ sprintf( __( 'Change Cap: %s', 'email-gateway' ), userName( user ) ) }
		expanded={ isAsked( asks, user.uid, 'cap' ) }
		onClick={ () => onAsk( { uid: user.uid, what: 'cap' } ) }
	>
		{ __( 'Change Cap', 'email-gateway' ) }
	</ActionButton>
);

/** The cap of all who have none of their own, and of sites to come. */
export const UsualCap = ( { limits, disabled, asks, onAsk }: Buttons & { limits: CapLimits | null } ) => (
	<p>
		{ limits === null
			? __( 'Default cap, also of new sites: none.', 'email-gateway' )
			: sprintf(
					/* translators: %s: one to three limits, as 200 per hour, 1000 per day */
					__( 'Default cap, also of new sites: %s.', 'email-gateway' ),
					limitLines( limits ).join( ', ' )
			  ) }{ ' ' }
		<ActionButton
			variant="link"
			disabled={ disabled }
			expanded={ isAsked( asks, null, 'cap' ) }
			onClick={ () => onAsk( { uid: null, what: 'cap' } ) }
		>
			{ __( 'Change Default Cap', 'email-gateway' ) }
		</ActionButton>
	</p>
);
