# shellcheck shell=sh disable=SC2034,SC2154
# Gives back packages and accounts as a snapshot has them.

restore_packages() {
	package_changes "$1"
	[ -n "$away$purge$back" ] || [ -d "$1/configured" ] || return 0
	if [ -n "$back" ] && [ ! -d "$1/configured" ]; then
		keep_configuration "$1" "$back" || { restore_problem='configuration not kept'; return 1; }
	fi
	complete_packages
	away=$(removable "$away" "$back")
	exchange_packages "$1" "$(give_back_arguments "$away" "$back")" || return 1
	give_configuration "$1" || { restore_problem='configuration'; return 1; }
	purge_packages "$1" || return 1
	while IFS=' ' read -r name mark; do
		apt-mark "$mark" "$name" >/dev/null 2>&1
	done <"$1/removed"
	remove_accounts "$1"
	give_accounts "$1"
	return 0
}

# exchange_packages FROM ARGUMENTS of apt-get install
exchange_packages() {
	[ -n "$2" ] || return 0
	case " $2 " in
	*' postfix- '*)
		service_do stop
		save_queue || { restore_problem='queue not saved'; return 1; }
		[ -z "$saved_queue" ] || printf '%s\n' "$saved_queue" >"$1/saved_queue" || { restore_problem='queue not saved'; return 1; }
		;;
	esac
	# scripts of a package may stumble over what somebody wrote into its configuration: dma's over a second SMARTHOST
	# shellcheck disable=SC2086 # a list of package names
	apt_get install $2 || { was_dpkg_interrupted && clear_configuration "$1" && configure_pending && apt_get install $2; } || {
		restore_problem='packages'
		# mail goes on with what is there: nothing stands still until a person has read this
		! is_installed postfix || is_running || { cp "$said" "$said.apt"; service_do start; mv "$said.apt" "$said"; }
		return 1
	}
}

# purge_packages FROM: configuration of packages that came with us
purge_packages() {
	leftovers=''
	for name in $purge; do
		[ "$(package_state "$name")" = config-files ] && leftovers="$leftovers $name"
	done
	[ -n "$leftovers" ] || return 0
	case " $leftovers " in
	*' postfix '*)
		keep_others "$1" || { restore_problem='files of others not kept'; return 1; }
		# its script removes the spool, and fails where a mount lies there
		! grep -q ' /var/spool/postfix[ /]' "$root/proc/self/mounts" || spool_aside=yes
		;;
	esac
	# shellcheck disable=SC2086
	apt_get purge $leftovers || { restore_problem='purge'; return 1; }
	[ "$spool_aside" = no ] || find "$spool" -xdev -mindepth 1 -delete
	spool_aside=no
}

# remove_accounts FROM: those that came with packages that are gone
remove_accounts() {
	while IFS=' ' read -r kind name; do
		is_installed postfix && [ "$name" != ssl-cert ] && continue
		is_installed ssl-cert && [ "$name" = ssl-cert ] && continue
		case $kind in
		user) getent passwd "$name" >/dev/null && userdel "$name" ;;
		group) getent group "$name" >/dev/null && groupdel "$name" ;;
		esac
	done <"$1/accounts"
}

# give_accounts FROM: those that were there before us
give_accounts() {
	for name in $account_files; do
		[ ! -f "$1/of_$name" ] || while IFS= read -r line; do
			grep -q "^${line%%:*}:" "$root/etc/$name" || echo "$line" >>"$root/etc/$name"
		done <"$1/of_$name"
	done
}
