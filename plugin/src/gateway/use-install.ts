import { useState } from '@wordpress/element';
import { speak } from '@wordpress/a11y';
import { __ } from '@wordpress/i18n';
import type { JobView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { changedNames } from '../api/field-problems.ts';
import { useRequest } from '../api/use-request.ts';
import { useJobCall } from '../jobs/use-job-call.ts';
import { settingsInput, settingsValues, withAccount, type SettingsValues } from '../settings-form/values.ts';
import { useForm } from '../ui/form-area.tsx';
import type { Consent } from './consent.ts';
import type { Remedy } from './remedy.ts';
import type { SectionProps } from './section.ts';
import { useSettings } from './use-settings.ts';

const calls = [ 'installGateway', 'previewChanges', 'checkSettings' ] as const;

export type Install = ReturnType< typeof useInstall >;

/** The settings of a gateway as they are typed, and what is asked with them: by the form, and by buttons elsewhere. */
export function useInstall( { view, onChange, connected, away }: SectionProps, onInstalled?: () => void ) {
	const { gateway } = view;
	const { values, change: fill, settle, isDirty } = useSettings( gateway.submitted );
	const [ asking, setAsking ] = useState( false );
	const [ repairing, setRepairing ] = useState( false );
	const [ consents, setConsents ] = useState< Consent[] >( [] );
	const form = useForm();
	const accounts = useRequest();
	const onEnd = ( ended: JobView ) => {
		if ( ended.verb === 'install_gateway' && ended.state === 'succeeded' ) {
			setConsents( [] );
			onInstalled?.();
		}
	};
	const jobCall = useJobCall( calls, { view, onChange, onEnd } );
	const busy = jobCall.busy || accounts.busy;
	const idle = busy || jobCall.active || ! connected;

	const change = ( next: SettingsValues ) => {
		jobCall.changed( changedNames( values, next ) );
		fill( next );
	};
	/** With the settings that are installed, whatever is typed. */
	const sendInstalled = ( name: 'previewChanges' | 'installGateway' ) => {
		setAsking( false );
		setRepairing( name === 'previewChanges' );
		const settings = settingsInput( settingsValues( gateway.installed?.settings ?? null ) );
		void jobCall.ask( name, { settings, consents: [] } );
	};
	const send = async ( name: ( typeof calls )[ number ], agreed = consents ) => {
		setAsking( false );
		setRepairing( false );
		const accepted = await jobCall.ask( name, { settings: settingsInput( values ), consents: agreed } );
		if ( accepted && name === 'installGateway' ) {
			settle();
		}
	};
	const install = () => ( gateway.installed ? setAsking( true ) : void send( 'installGateway' ) );
	/** The one with this id, else the default one. */
	const load = async ( id?: string ) => {
		const answer = await accounts.send( () => call( 'readAccounts' ) );
		const account = answer?.accounts.find( ( one ) => ( id === undefined ? one.isDefault : one.id === id ) );
		if ( account ) {
			change( withAccount( values, account ) );
			speak( __( 'Filled in from the saved account.', 'email-gateway' ), 'polite' );
		}
		return account !== undefined;
	};
	return {
		...{ values, change, isDirty, form, jobCall, busy, idle, away, asking, repairing },
		problem: jobCall.problem ?? accounts.problem,
		install,
		confirm: () => void send( 'installGateway' ),
		cancel: () => setAsking( false ),
		/** Shows what would be set back; confirmRepair does it, and what comes of it stands below the form. */
		repair: () => sendInstalled( 'previewChanges' ),
		confirmRepair: () => {
			sendInstalled( 'installGateway' );
			form.showEnd();
		},
		cancelRepair: () => {
			setRepairing( false );
			jobCall.changed( [] );
		},
		check: () => void send( 'checkSettings', [] ),
		preview: ( consent?: Consent ) => void send( 'previewChanges', consent ? [ ...consents, consent ] : consents ),
		overrule: ( consent: Consent ) => {
			setConsents( [ ...consents, consent ] );
			void send( 'installGateway', [ ...consents, consent ] );
		},
		load: ( id?: string ) => void load( id ),
		loadAndReinstall: async () => setAsking( await load( gateway.account?.id ) ),
		takePort: ( port: number ) => change( { ...values, smtpPort: String( port ) } ),
		/** What a button further down asks for: what comes of it stands below the buttons of the form. */
		remedy: ( remedy: Remedy ) => {
			if ( remedy === 'type_password' ) {
				form.focus( 'password' );
				return;
			}
			form.showEnd();
			if ( ! idle ) {
				( remedy === 'reinstall' ? install : () => void send( 'checkSettings', [] ) )();
			}
		},
	};
}
