package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The portal's files over HTTP: which file a path gets, what may be cached, and which scripts may run. */
class PortalHandlerTests {

    private static final String MANIFEST = """
            {"files": [
              {"path": "index.html", "type": "text/html;charset=UTF-8", "etag": "\\"home\\"", "gzip": false, "scripts": ["sha256-aaa="]},
              {"path": "404.html", "type": "text/html;charset=UTF-8", "etag": "\\"none\\"", "gzip": false, "scripts": []},
              {"path": "runs/_.html", "type": "text/html;charset=UTF-8", "etag": "\\"run\\"", "gzip": false, "scripts": ["sha256-bbb=", "sha256-ccc="]},
              {"path": "runs/_.txt", "type": "text/plain;charset=UTF-8", "etag": "\\"data\\"", "gzip": false, "scripts": []},
              {"path": "runs/_/__next.!KHNoZWxsKQ.runs.$d$id.txt", "type": "text/plain;charset=UTF-8", "etag": "\\"part\\"", "gzip": false, "scripts": []},
              {"path": "_next/static/app-1a2b.js", "type": "text/javascript;charset=UTF-8", "etag": "\\"app\\"", "gzip": true, "scripts": []}
            ]}""";

    @TempDir
    private Path export;

    private PortalHandler portal;

    @BeforeEach
    void writeExport() throws IOException {
        write("manifest.json", MANIFEST);
        write("index.html", "home");
        write("404.html", "no such page");
        write("runs/_.html", "a run");
        write("runs/_.txt", "data of a run");
        write("runs/_/__next.!KHNoZWxsKQ.runs.$d$id.txt", "part of a run");
        write("_next/static/app-1a2b.js", "script");
        Files.write(export.resolve("_next/static/app-1a2b.js.gz"), gzip("script"));
        portal = new PortalHandler(() -> PortalFiles.load(export));
    }

    private void write(String name, String text) throws IOException {
        Path file = export.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(bytes)) {
            compressed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static MockHttpServletRequest request(String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.addHeader("Accept", "text/html");
        return request;
    }

    private MockHttpServletResponse get(MockHttpServletRequest request) throws IOException {
        assertThat(portal.accepts(request)).isTrue();
        var response = new MockHttpServletResponse();
        portal.handleRequest(request, response);
        return response;
    }

    @ParameterizedTest
    @CsvSource({
        "/, home",
        "/index, home",
        "/runs/run_01, a run",
        "/runs/run_01.txt, data of a run",
        "/runs/run_01/__next.!KHNoZWxsKQ.runs.$d$id.txt, part of a run",
        "/_next/static/app-1a2b.js, script"
    })
    void aPathGetsItsFile(String path, String content) throws IOException {
        var response = get(request(path));
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no-such-page",
                "/runs/run_01/more/still",
                "/../application.yaml",
                "/runs",
                "//",
                "/manifest.json"
            })
    void otherPathsGetThePageThatSaysSo(String path) throws IOException {
        var response = get(request(path));
        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(response.getContentAsString()).isEqualTo("no such page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/runs", "/ingress/retell/key", "/actuator/health", "/v3/api-docs"})
    void pathsOfTheServerAreNotThePortals(String path) {
        assertThat(portal.accepts(request(path))).isFalse();
    }

    @Test
    void onlyReadsAndPeopleGetPages() {
        assertThat(portal.accepts(new MockHttpServletRequest("POST", "/"))).isFalse();
        assertThat(portal.accepts(new MockHttpServletRequest("HEAD", "/"))).isTrue();
        assertThat(portal.accepts(new MockHttpServletRequest("GET", "/no-such-page")))
                .isFalse();
        var script = new MockHttpServletRequest("GET", "/no-such.js");
        script.addHeader("Accept", "*/*");
        assertThat(portal.accepts(script)).isFalse();
        assertThat(portal.accepts(request("*"))).isTrue();
    }

    @Test
    void namesWithAHashAreCachedForAYearAndPagesAreAskedForAgain() throws IOException {
        assertThat(get(request("/_next/static/app-1a2b.js")).getHeader("Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
        var page = get(request("/"));
        assertThat(page.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.getHeader("ETag")).isEqualTo("\"home\"");
        var again = request("/");
        again.addHeader("If-None-Match", "\"home\"");
        var unchanged = get(again);
        assertThat(unchanged.getStatus()).isEqualTo(304);
        assertThat(unchanged.getContentAsByteArray()).isEmpty();
    }

    @Test
    void theCompressedCopyGoesToThoseWhoAcceptIt() throws IOException {
        var request = request("/_next/static/app-1a2b.js");
        request.addHeader("Accept-Encoding", "gzip, br");
        var response = get(request);
        assertThat(response.getHeader("Content-Encoding")).isEqualTo("gzip");
        assertThat(response.getHeader("Vary")).isEqualTo("Accept-Encoding");
        assertThat(response.getContentAsByteArray()).isEqualTo(gzip("script"));
        var plain = request("/_next/static/app-1a2b.js");
        plain.addHeader("Accept-Encoding", "identity");
        assertThat(get(plain).getHeader("Content-Encoding")).isNull();
    }

    @Test
    void aPageAllowsItsOwnInlineScriptsAndNoOthers() throws IOException {
        assertThat(get(request("/runs/run_01")).getHeader("Content-Security-Policy"))
                .startsWith("default-src 'self';")
                .contains("script-src 'self' 'sha256-bbb=' 'sha256-ccc=';")
                .doesNotContain("aaa", "script-src 'self' 'unsafe-inline'");
        assertThat(get(request("/_next/static/app-1a2b.js")).getHeader("Content-Security-Policy"))
                .isNull();
    }

    @Test
    void aBuildWithoutPortalSaysSo(@TempDir Path empty) throws IOException {
        portal = new PortalHandler(() -> PortalFiles.load(empty));
        var home = get(request("/"));
        assertThat(home.getStatus()).isEqualTo(200);
        assertThat(home.getContentAsString()).contains("This build has no portal");
        assertThat(get(request("/dead-letters")).getStatus()).isEqualTo(404);
        assertThat(portal.accepts(new MockHttpServletRequest("GET", "/page.css")))
                .isFalse();
    }

    @Test
    void aManifestThatCannotBeReadStopsTheStart() throws IOException {
        write("manifest.json", "{");
        assertThatThrownBy(() -> PortalFiles.load(export))
                .isInstanceOfAny(UncheckedIOException.class, RuntimeException.class);
    }

    @Test
    void filesOfTheJarAreTheDefault() {
        assertThat(PortalFiles.load(null).find("/no-such-page")).isEmpty();
    }
}
