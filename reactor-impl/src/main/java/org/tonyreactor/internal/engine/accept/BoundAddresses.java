package org.tonyreactor.internal.engine.accept;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.Countdown;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.wire.ListenAddress;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * The addresses that factories want, each of them once, however it is spelled. A name is looked up before it is known which
 * address it is; an address that is bound is what its name stands for until it is bound again.
 *
 * <p>All addresses of this machine overlap with each one of them at the same port, and the system lets only one of both be
 * listened on: the one whose first serving factory ranks higher (ADR 27). Where nobody serves, or where binding fails by itself,
 * an address keeps no other one off.
 *
 * <p>Owner: the acceptor.
 */
final class BoundAddresses {
    private final Acceptor acceptor;
    private final List<BoundAddress> all = new ArrayList<>();
    private final List<PendingBind> pending = new ArrayList<>();
    private final Moves moves = new Moves(this);

    BoundAddresses(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    List<BoundAddress> all() {
        acceptor.loop().assertOwner();
        return all;
    }

    /** The addresses of a binding: one, or none while a name is looked up, or once it has been unbound. */
    List<BoundAddress> of(FactoryBinding binding) {
        return all.stream().filter(each -> each.has(binding)).toList();
    }

    /** Whether a binding has an address, or waits for one. */
    boolean has(FactoryBinding binding) {
        return all.stream().anyMatch(each -> each.has(binding))
                || pending.stream().anyMatch(each -> each.binding() == binding);
    }

    /** The one at an address, by its real port, in any spelling but a name that nobody has asked for. */
    @Nullable
    BoundAddress at(String host, int realPort) {
        InetAddress literal = HostNames.literal(host);
        return all.stream()
                .filter(each -> isCalled(each, host) && each.at().port() == realPort)
                .findFirst()
                .orElseGet(() -> literal == null ? null : at(ListenAddress.of(literal, realPort)));
    }

    @Nullable
    BoundAddress at(ListenAddress address) {
        return all.stream()
                .filter(each -> each.at().equals(address))
                .findFirst()
                .orElse(null);
    }

    // Bindings come and go.

    /** Serves a binding's address, and tells it with the real port; unresolved when it could not be bound for now. */
    void bind(FactoryBinding binding, Consumer<InetSocketAddress> bound) {
        EndpointSettings.Address wanted = binding.settings().address();
        InetAddress literal = HostNames.literal(wanted.host());
        BoundAddress known = literal == null ? byName(wanted) : null;
        if (known != null) {
            known.add(binding);
        } else if (literal != null) {
            place(binding, literal);
        } else {
            lookUp(binding, () -> bound.accept(addressOf(binding)));
            return;
        }
        acceptor.publish();
        bound.accept(addressOf(binding));
    }

    private InetSocketAddress addressOf(FactoryBinding binding) {
        EndpointSettings.Address wanted = binding.settings().address();
        return of(binding).stream()
                .map(BoundAddress::address)
                .findFirst()
                .orElseGet(() -> InetSocketAddress.createUnresolved(wanted.host(), wanted.port()));
    }

    /** A bound address that was asked for by the same name: nobody is asked again, so an update needs no name server. */
    private @Nullable BoundAddress byName(EndpointSettings.Address wanted) {
        return all.stream()
                .filter(each -> each.isListening() && isCalled(each, wanted.host()))
                .filter(each -> serves(each, each.at().withPort(wanted.port()), wanted.name()))
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether a factory that asks for an address shares another one's. Any free port is shared by nobody; but one that is held
     * goes to the next factory of the same name that asks for any, or to one that asks for that port.
     */
    private static boolean serves(BoundAddress known, ListenAddress wanted, String name) {
        FactoryBinding holder = known.holder();
        if (wanted.port() != 0) {
            return wanted.equals(known.at()) && known.ranking().all().stream().noneMatch(BoundAddresses::wantsAnyPort);
        }
        return wanted.isSameHost(known.at())
                && known.isHeld()
                && holder != null
                && wantsAnyPort(holder)
                && holder.settings().address().name().equals(name);
    }

    private static boolean wantsAnyPort(FactoryBinding binding) {
        return binding.settings().address().port() == 0;
    }

    /** Whether a factory that has asked for an address, or did before, calls its host so. */
    private static boolean isCalled(BoundAddress address, String host) {
        return Stream.concat(address.ranking().all().stream(), Stream.ofNullable(address.holder()))
                .anyMatch(each -> each.settings().address().host().equalsIgnoreCase(host));
    }

    private void place(FactoryBinding binding, InetAddress host) {
        EndpointSettings.Address wanted = binding.settings().address();
        ListenAddress address = ListenAddress.of(host, wanted.port());
        BoundAddress known = all.stream()
                .filter(each -> serves(each, address, wanted.name()))
                .findFirst()
                .orElse(null);
        if (known == null) {
            known = new BoundAddress(acceptor, wanted.host(), address);
            all.add(known);
        }
        known.add(binding);
    }

    private void lookUp(FactoryBinding binding, Runnable done) {
        PendingBind fresh = new PendingBind(acceptor, binding, address -> onLookedUp(binding, address));
        fresh.whenLookedUp(done);
        pending.add(fresh);
        fresh.lookUp();
        acceptor.publish();
    }

    private void onLookedUp(FactoryBinding binding, @Nullable InetAddress address) {
        if (address != null) {
            pending.removeIf(each -> each.binding() == binding);
            place(binding, address);
        }
        acceptor.publish();
    }

    /** A binding is not looked up any more. Returns whether it was. */
    boolean cancel(FactoryBinding binding) {
        for (PendingBind each : pending) {
            if (each.binding() == binding) {
                pending.remove(each);
                each.cancel();
                return true;
            }
        }
        return false;
    }

    void removeIfEmpty(BoundAddress address) {
        acceptor.loop().assertOwner();
        if (address.isEmpty()) {
            all.remove(address);
        }
    }

    /** Closes all of them. Returns the bindings that they had. */
    List<FactoryBinding> close() {
        List<FactoryBinding> had = new ArrayList<>();
        for (PendingBind each : List.copyOf(pending)) {
            had.add(each.binding());
            cancel(each.binding());
        }
        for (BoundAddress each : List.copyOf(all)) {
            had.addAll(each.ranking().removeAll());
            each.close();
        }
        all.clear();
        return had;
    }

    // Binding is tried again.

    /** Names may be other addresses by now: those who have asked for an address by one go where it is. */
    void lookUpAgain(BoundAddress address, Runnable then) {
        List<FactoryBinding> named = address.ranking().all().stream()
                .filter(each -> HostNames.literal(each.settings().address().host()) == null)
                .toList();
        Countdown answers = new Countdown(named.size(), then);
        for (FactoryBinding each : named) {
            acceptor.lookups().ask(each.settings().address().host(), answer -> {
                if (answer.failure() == null) {
                    move(each, address, answer.addresses().get(0));
                }
                answers.run();
            });
        }
    }

    private void move(FactoryBinding binding, BoundAddress from, InetAddress to) {
        if (!from.has(binding) || from.at().isSameHost(ListenAddress.of(to, 0))) {
            return;
        }
        from.remove(binding, false);
        removeIfEmpty(from);
        place(binding, to);
        acceptor.publish();
    }

    /** Something has changed that rank does not say: all who overlap with an address try to bind, the best first. */
    void decideAnew(ListenAddress address) {
        all.stream()
                .filter(each -> each.at().overlaps(address))
                .forEach(each -> each.claim().renew());
        acceptor.publish();
    }

    /** Gives a binding all that is held for a service at addresses that it has left, as soon as the binding is bound. */
    void moveHeld(long leftBy, FactoryBinding to) {
        moves.expect(leftBy, to);
        acceptor.publish();
    }

    // Listening.

    /** Has those listen that may, and moves what has waited for that. After each change. */
    void arrange() {
        acceptor.loop().assertOwner();
        arrangeAll();
        if (moves.make()) {
            arrangeAll();
        }
    }

    private void arrangeAll() {
        Map<Integer, List<BoundAddress>> byPort = new LinkedHashMap<>();
        for (BoundAddress each : all) {
            byPort.computeIfAbsent(each.at().port(), port -> new ArrayList<>(1)).add(each);
        }
        byPort.values().forEach(BoundAddresses::arrange);
    }

    /** Among addresses of one port. */
    private static void arrange(List<BoundAddress> sharing) {
        if (sharing.size() > 1) {
            sharing.sort(Claim.BEST_FIRST);
        }
        List<BoundAddress> listening = new ArrayList<>(1);
        for (int i = 0; i < sharing.size(); i++) {
            BoundAddress each = sharing.get(i);
            BoundAddress above = overlapping(each, listening);
            if (above != null) {
                each.claim().giveWay(above);
                continue;
            }
            if (each.claim().isAboutToListen()) {
                clearWay(each, sharing.subList(i + 1, sharing.size()));
            }
            each.claim().listen();
            if (each.isListening()) {
                listening.add(each);
            }
        }
    }

    /** Those that overlap with an address stop listening, so that it can be bound. */
    private static void clearWay(BoundAddress address, List<BoundAddress> lower) {
        lower.stream()
                .filter(each -> each.isListening() && each.at().overlaps(address.at()))
                .forEach(each -> each.claim().giveWay(address));
    }

    private static @Nullable BoundAddress overlapping(BoundAddress address, List<BoundAddress> listening) {
        for (BoundAddress each : listening) {
            if (each.at().overlaps(address.at())) {
                return each;
            }
        }
        return null;
    }

    void addViews(List<BindingView> views) {
        all.forEach(each -> each.addViews(views));
        pending.forEach(each -> views.add(each.view()));
    }
}
