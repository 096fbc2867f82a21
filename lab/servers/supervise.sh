#!/bin/sh
# Runs one lab server until it is powered off; the lab starts it detached and ends it with SIGTERM.
# Expects a mount namespace of its own, so that its mounts vanish with its last process.
# Usage: supervise.sh FOLDER IMAGE CGROUP NETNS NAME
#   FOLDER holds upper, work, root and ops-password; IMAGE is relative to it
set -eu

prepare() {
	# What systemd-nspawn notes about a running system would stay behind here.
	mkdir -p /run/systemd/nspawn
	mount -t tmpfs tmpfs /run/systemd/nspawn
	# Relative names: a colon or a comma in the path of the checkout would end an option.
	cd "$folder"
	mount -t overlay -o "lowerdir=$image,upperdir=upper,workdir=work,redirect_dir=on" overlay root
	if [ -e prepared ]; then
		return
	fi
	printf 'ops:%s\n' "$(cat ops-password)" | chroot root chpasswd
	chroot root update-ca-certificates
	: >prepared
}

boot() {
	echo 0 >"$cgroup/server/cgroup.procs"
	if [ -e without-systemd ]; then
		# as in a container that was made for one program
		exec systemd-nspawn --quiet --settings=no --as-pid2 --register=no --keep-unit \
			--machine="$name" --directory=root --network-namespace-path="/run/netns/$netns" \
			--capability=CAP_NET_ADMIN --resolv-conf=off --timezone=off --link-journal=no --console=pipe \
			/bin/sh -c 'mkdir -p /run/sshd; exec /usr/sbin/sshd -D' </dev/null
	fi
	SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 exec systemd-nspawn --quiet --settings=no --boot --register=no --keep-unit \
		--machine="$name" --directory=root --network-namespace-path="/run/netns/$netns" \
		--capability=CAP_NET_ADMIN --resolv-conf=off --timezone=off --link-journal=no --console=pipe </dev/null
}

main() {
	folder=$1 image=$2 cgroup=$3 netns=$4 name=$5
	# Each server gets a cgroup of its own: several systemds in one would kill each other's services.
	# It has two parts, since a cgroup with processes of its own can hand on no controllers.
	mkdir -p "$cgroup/supervisor" "$cgroup/server"
	echo 0 >"$cgroup/supervisor/cgroup.procs"
	prepare
	trap 'kill -TERM "$child" 2>/dev/null || :' TERM
	while :; do
		echo boot >>boots
		boot &
		child=$!
		code=0
		wait "$child" || code=$?
		# A signal ends the wait, not the server: wait for its shutdown.
		while kill -0 "$child" 2>/dev/null; do
			code=0
			wait "$child" || code=$?
		done
		# 133: the server asked for a reboot.
		[ "$code" = 133 ] || exit "$code"
	done
}

# On one line, so that the shell has read it all before a new version replaces this file.
main "$@"; exit
