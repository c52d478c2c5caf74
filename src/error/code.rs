//! The table of error codes: name, status, title, and what to do, in both languages. The API's error catalogue
//! (`/problems/{code}`) is printed from it.

use super::Text;

macro_rules! codes {
    ($($variant:ident $name:literal $status:literal: $title_en:literal / $title_vi:literal; $advice_en:literal / $advice_vi:literal)*) => {
        /// What kind of failure an error is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title_en] $variant,)*
        }

        impl Code {
            /// Every code, in the table's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code as the wire shows it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),* }
            }

            /// A short title that never depends on the case at hand.
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::fixed($title_en, $title_vi)),* }
            }

            /// What happened and what to do, when nothing more exact is known.
            pub const fn advice(self) -> Text {
                match self { $(Self::$variant => Text::fixed($advice_en, $advice_vi)),* }
            }
        }
    };
}

codes! {
    MalformedRequest "malformed_request" 400:
        "The request can't be read" / "Không đọc được yêu cầu";
        "The request is not well formed. Correct the place named and send it again."
        / "Yêu cầu sai định dạng. Hãy sửa chỗ được nêu rồi gửi lại."
    ValidationFailed "validation_failed" 422:
        "The input breaks a rule" / "Dữ liệu không hợp lệ";
        "Correct the places named and send the request again; nothing was stored."
        / "Hãy sửa các chỗ được nêu rồi gửi lại; chưa có gì được lưu."
    Unauthenticated "unauthenticated" 401:
        "Sign in first" / "Cần đăng nhập";
        "No valid access token came with the request. Sign in with POST /api/v1/auth/tokens and send the token as `Authorization: Bearer …`."
        / "Yêu cầu không kèm mã truy cập hợp lệ. Hãy đăng nhập bằng POST /api/v1/auth/tokens và gửi mã trong `Authorization: Bearer …`."
    TokenExpired "token_expired" 401:
        "The sign-in has expired" / "Phiên đăng nhập đã hết hạn";
        "The access token is past its time. Sign in again with POST /api/v1/auth/tokens."
        / "Mã truy cập đã hết hạn. Hãy đăng nhập lại bằng POST /api/v1/auth/tokens."
    LoginFailed "login_failed" 401:
        "Wrong login or password" / "Sai tên đăng nhập hoặc mật khẩu";
        "Login and password don't match an active account. Check both, or ask your administrator."
        / "Tên đăng nhập và mật khẩu không khớp với tài khoản đang hoạt động. Hãy kiểm tra lại hoặc hỏi quản trị viên."
    Forbidden "forbidden" 403:
        "Your role may not do this" / "Vai trò của bạn không được làm việc này";
        "The account is known, but its role does not include this action. Ask someone whose role does, or your administrator."
        / "Tài khoản hợp lệ nhưng vai trò không bao gồm thao tác này. Hãy nhờ người có vai trò phù hợp hoặc hỏi quản trị viên."
    NotFound "not_found" 404:
        "Not found" / "Không tìm thấy";
        "There is nothing here that you may see. Check the address and the account you signed in with."
        / "Không có gì ở đây mà bạn được xem. Hãy kiểm tra địa chỉ và tài khoản đã đăng nhập."
    MethodNotAllowed "method_not_allowed" 405:
        "This address takes other methods" / "Địa chỉ này dùng phương thức khác";
        "The address exists but not with this method; the Allow header names those it takes."
        / "Địa chỉ tồn tại nhưng không nhận phương thức này; tiêu đề Allow nêu các phương thức được nhận."
    Conflict "conflict" 409:
        "It clashes with what is stored" / "Xung đột với dữ liệu đã lưu";
        "The change clashes with what is stored already. Read the present state and decide again."
        / "Thay đổi xung đột với dữ liệu đã lưu. Hãy đọc trạng thái hiện tại rồi quyết định lại."
    DuplicatePerson "duplicate_person" 409:
        "This person is on the roster already" / "Người này đã có trong danh sách";
        "A person with this staff number is on the province's roster already. Change that record instead of adding another."
        / "Đã có người mang số hiệu này trong danh sách của tỉnh. Hãy sửa hồ sơ đó thay vì thêm mới."
    InvalidTransition "invalid_transition" 409:
        "Not from this state" / "Trạng thái hiện tại không cho phép";
        "The record's present state does not allow this step. Read it again to see which steps are open."
        / "Trạng thái hiện tại của hồ sơ không cho phép bước này. Hãy đọc lại để biết các bước còn mở."
    StaleVersion "stale_version" 412:
        "Someone changed it meanwhile" / "Đã có người sửa trước đó";
        "The record changed since you read it. Read it again, then repeat your change with the new ETag in If-Match."
        / "Hồ sơ đã thay đổi sau khi bạn đọc. Hãy đọc lại rồi lặp lại thay đổi với ETag mới trong If-Match."
    PayloadTooLarge "payload_too_large" 413:
        "The body is too large" / "Nội dung gửi lên quá lớn";
        "The body is larger than this address takes. Send less at a time."
        / "Nội dung lớn hơn mức địa chỉ này nhận. Hãy gửi ít hơn mỗi lần."
    UnsupportedMediaType "unsupported_media_type" 415:
        "Send JSON" / "Hãy gửi JSON";
        "This address takes `Content-Type: application/json` only."
        / "Địa chỉ này chỉ nhận `Content-Type: application/json`."
    PreconditionRequired "precondition_required" 428:
        "If-Match is missing" / "Thiếu If-Match";
        "This change needs the header If-Match with the ETag of the version that you read, so that nobody's work is overwritten."
        / "Thay đổi này cần tiêu đề If-Match với ETag của bản bạn đã đọc, để không ghi đè việc của người khác."
    PinConflict "pin_conflict" 422:
        "The pins contradict each other" / "Các phân công đã ấn định mâu thuẫn nhau";
        "The pinned assignments can't all hold. Remove or change one of those named."
        / "Không thể giữ tất cả các phân công đã ấn định. Hãy bỏ hoặc đổi một trong các phân công được nêu."
    PlanInputsChanged "plan_inputs_changed" 409:
        "The plan's inputs have changed" / "Dữ liệu đầu vào của phương án đã thay đổi";
        "People or needs of the plan changed after it was solved. Solve again, then approve the new plan."
        / "Cán bộ hoặc nhu cầu trong phương án đã thay đổi sau khi tính. Hãy tính lại rồi phê duyệt phương án mới."
    NothingToExplain "nothing_to_explain" 409:
        "There is nothing to explain" / "Không có gì để giải thích";
        "The plan leaves no such question open: the need has all its seats filled, or the person serves nowhere in it."
        / "Phương án không có vấn đề này: nhu cầu đã đủ người, hoặc người này không được bố trí ở đâu."
    NoPlan "no_plan" 409:
        "No plan keeps all the rules" / "Không có phương án nào đúng mọi quy định";
        "With this change no plan keeps all pins and rules together. Give up a pin, or another rule that you set."
        / "Với thay đổi này, không phương án nào đáp ứng đồng thời mọi phân công đã ấn định và quy định. Hãy bỏ bớt một phân công đã ấn định hoặc một quy định đã đặt."
    EvaluationNotDue "evaluation_not_due" 409:
        "Too early to evaluate" / "Chưa đến hạn đánh giá";
        "A secondment is evaluated after its term has ended."
        / "Chỉ đánh giá sau khi kết thúc thời hạn biệt phái."
    EvaluationLocked "evaluation_locked" 409:
        "This evaluation is final" / "Đánh giá này đã chốt";
        "The secondment has been evaluated already, and a submitted evaluation is not changed."
        / "Biệt phái này đã được đánh giá; đánh giá đã nộp không sửa được."
    RuleViolation "rule_violation" 422:
        "A rule forbids it" / "Vi phạm quy định";
        "A legal or programme rule forbids this; the fault names the rule."
        / "Một quy định pháp luật hoặc của chương trình không cho phép; lỗi nêu rõ quy định."
    RateLimited "rate_limited" 429:
        "Too many requests" / "Quá nhiều yêu cầu";
        "Too many requests of this kind. Wait as long as Retry-After says, then try again."
        / "Quá nhiều yêu cầu loại này. Hãy đợi theo Retry-After rồi thử lại."
    Overloaded "overloaded" 503:
        "The service is busy" / "Hệ thống đang bận";
        "The service can't take the request now; nothing was stored. Try again in a moment."
        / "Hệ thống chưa thể nhận yêu cầu; chưa có gì được lưu. Hãy thử lại sau giây lát."
    SolveLimitReached "solve_limit_reached" 503:
        "The solver reached its limit" / "Bộ giải đã chạm giới hạn";
        "The solver ran out of its time or memory before it had an answer. Allow it more, or ask of a smaller problem."
        / "Bộ giải hết thời gian hoặc bộ nhớ trước khi có câu trả lời. Hãy nới giới hạn, hoặc hỏi trên bài toán nhỏ hơn."
    Internal "internal" 500:
        "Something went wrong on our side" / "Lỗi phía hệ thống";
        "The service failed at this request; nothing was half done. Tell your administrator the trace id."
        / "Hệ thống gặp lỗi với yêu cầu này; không có gì dở dang. Hãy báo mã trace cho quản trị viên."
    Configuration "configuration" 500:
        "The service is set up wrongly" / "Cấu hình sai";
        "A setting is missing or wrong."
        / "Một thiết lập bị thiếu hoặc sai."
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_has_its_own_name_and_texts_in_both_languages() {
        let names: HashSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!((400..600).contains(&code.status()), "{code:?}");
            for text in [code.title(), code.advice()] {
                assert!(
                    !text.en.is_empty() && !text.vi.is_empty() && text.en != text.vi,
                    "{code:?}"
                );
            }
        }
    }
}
