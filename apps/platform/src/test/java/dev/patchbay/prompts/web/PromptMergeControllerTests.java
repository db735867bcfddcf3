package dev.patchbay.prompts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.web.ComputeThreads;
import org.junit.jupiter.api.Test;

class PromptMergeControllerTests {

    private final PromptMergeController controller = new PromptMergeController(new ComputeThreads());

    @Test
    void aTreeThatIsMissingIsEmpty() {
        var result = controller.merge(
                new PromptMergeController.MergeRequest("json", null, Json.read("{\"a\": 1}"), Json.read("null")));

        assertThat(result.merged()).isEqualTo(Json.read("{\"a\": 1}"));
        assertThat(result.conflicts()).isEmpty();
    }

    @Test
    void aTextThatIsMissingIsRefused() {
        var request = new PromptMergeController.MergeRequest("text", null, Json.tree("template"), Json.tree("local"));

        assertThatThrownBy(() -> controller.merge(request)).isInstanceOf(Problem.class);
    }
}
