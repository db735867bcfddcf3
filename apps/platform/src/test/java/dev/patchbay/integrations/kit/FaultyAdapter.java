package dev.patchbay.integrations.kit;

import dev.patchbay.effects.spi.Port;
import dev.patchbay.effects.spi.PortResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Puts a fault around each call of an adapter; look-ups and what the adapter states of itself stay as they are. */
final class FaultyAdapter {

    /** One call of the adapter; may proceed any number of times. */
    interface Call {
        Object proceed() throws Throwable;
    }

    interface Fault {
        Object around(Call call) throws Throwable;
    }

    private FaultyAdapter() {}

    static Port with(Port adapter, Class<? extends Port> role, Fault fault) {
        return role.cast(Proxy.newProxyInstance(
                role.getClassLoader(), new Class<?>[] {role}, (proxy, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                    }
                    Call call = () -> {
                        try {
                            return method.invoke(adapter, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    };
                    return isCallOfFunction(method) ? fault.around(call) : call.proceed();
                }));
    }

    /** The effects context reads the calendar before it calls a function; these reads are not calls of the function. */
    private static boolean isCallOfFunction(Method method) {
        return method.getReturnType().equals(PortResult.class)
                && !method.getName().equals("findBusy")
                && !method.getName().equals("findStanding");
    }
}
