package dev.patchbay.integrations.kit;

import dev.patchbay.effects.spi.Port;
import dev.patchbay.effects.spi.PortResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** An adapter to which something happens whenever it acts; what it only reads or says of itself stays as it is. */
final class FaultyAdapter {

    /** One act of the adapter, as often as it is wanted. */
    interface Doing {
        Object act() throws Throwable;
    }

    /** What is made of it. */
    interface Meddling {
        Object of(Doing doing) throws Throwable;
    }

    private FaultyAdapter() {}

    static Port with(Port adapter, Class<? extends Port> role, Meddling meddling) {
        return role.cast(Proxy.newProxyInstance(
                role.getClassLoader(), new Class<?>[] {role}, (proxy, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                    }
                    Doing doing = () -> {
                        try {
                            return method.invoke(adapter, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    };
                    return method.getReturnType().equals(PortResult.class) ? meddling.of(doing) : doing.act();
                }));
    }
}
