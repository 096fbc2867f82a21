import type { ReactNode } from 'react';
import { useState } from '@wordpress/element';
import { CheckboxControl, Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { BackupRules, BackupView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { fieldSentencesOf } from '../api/field-problems.ts';
import type { Problem } from '../api/problem.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Actions, Row } from '../ui/card.tsx';
import { AskedDeletion } from '../ui/delete-button.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { FormArea } from '../ui/form-area.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

interface Props {
	/** Whose own account it stands in for. */
	of: 'server' | 'route';
	/** What is chosen now. */
	backup: BackupView | null;
	problem: Problem | null;
	busy: boolean;
	onChange: ( names: string[] ) => void;
	onSave: ( rules: BackupRules ) => void;
	onEnd: () => void;
	/** Another button. */
	children: ReactNode;
}

const readAccounts = ( signal: AbortSignal ) => call( 'readAccounts', { signal } );

/** Which account is the backup, and when it is switched to. */
export function BackupForm( { of, backup, problem, busy, onChange, onSave, onEnd, children }: Props ) {
	const { answer, problem: unread, retry } = useAnswer( readAccounts );
	const [ account, setAccount ] = useState( backup?.account ?? '' );
	const [ automatic, setAutomatic ] = useState( backup?.automatic ?? true );
	const [ atLimit, setAtLimit ] = useState( backup?.atLimit ?? false );
	const [ minutes, setMinutes ] = useState( String( backup?.afterMinutes ?? 15 ) );
	const problems = fieldSentencesOf( problem, '' );
	if ( unread ) {
		return <ProblemNotice problem={ unread } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	const isActive = Boolean( backup?.active );
	return (
		<>
			<FormArea problem={ problem }>
				<SelectField
					size="normal"
					name="account"
					label={ _x( 'Account', 'label of a field', 'email-gateway' ) }
					value={ account }
					options={ [
						{ value: '', label: _x( 'Choose…', 'option', 'email-gateway' ) },
						...answer.accounts.map( ( { id: value, name: label } ) => ( { value, label } ) ),
					] }
					help={ sameProviderHelp( backup ) }
					onChange={ ( id ) => {
						onChange( [ 'account' ] );
						setAccount( id );
					} }
				/>
				<CheckboxControl
					__nextHasNoMarginBottom
					label={ __( 'Switch automatically', 'email-gateway' ) }
					help={ __(
						'When the login is refused, the account is suspended, or the provider is in trouble. Back when the first account signs in again.',
						'email-gateway'
					) }
					checked={ automatic }
					onChange={ setAutomatic }
				/>
				{ automatic && (
					<>
						<Row>
							<TextField
								name="afterMinutes"
								label={ __( 'Minutes of trouble at the provider', 'email-gateway' ) }
								value={ minutes }
								onChange={ ( value ) => {
									onChange( [ 'afterMinutes' ] );
									setMinutes( value );
								} }
								problem={ problems.afterMinutes }
								help={ __( 'From 5 to 1,440: shorter outages end by waiting.', 'email-gateway' ) }
							/>
						</Row>
						<CheckboxControl
							__nextHasNoMarginBottom
							label={ __( 'Also when the limit of a day is reached', 'email-gateway' ) }
							checked={ atLimit }
							onChange={ setAtLimit }
						/>
					</>
				) }
			</FormArea>
			<Actions>
				<ActionButton
					variant="primary"
					busy={ busy }
					disabled={ busy || account === '' }
					onClick={ () => onSave( { account, automatic, atLimit, afterMinutes: Number( minutes ) } ) }
				>
					{ __( 'Save Backup Account', 'email-gateway' ) }
				</ActionButton>
				{ children }
				{ backup && ! isActive && (
					<AskedDeletion
						label={ __( 'Use No Backup Account', 'email-gateway' ) }
						title={ __( 'Use no backup account?', 'email-gateway' ) }
						confirm={ __( 'Use No Backup Account', 'email-gateway' ) }
						disabled={ busy }
						onConfirm={ onEnd }
					>
						<p>
							{ of === 'server'
								? __( 'If its account fails, mail of this server waits.', 'email-gateway' )
								: __( 'If its account fails, mail of this route waits.', 'email-gateway' ) }
						</p>
					</AskedDeletion>
				) }
			</Actions>
		</>
	);
}

const sameProviderHelp = ( backup: BackupView | null ) =>
	backup?.sameProvider
		? __( 'Both accounts are at the same provider: when that cannot be reached, neither sends.', 'email-gateway' )
		: __( 'Accounts are saved under Settings → Email Gateway.', 'email-gateway' );
